// Intent: a destroyed semaphore is posted.
// Expect: use after destroy on 'object' at USE, DESTROY
// Primitive: sem_t, use after destroy
#include <semaphore.h>
#include <stdio.h>

sem_t object;

int main(void) {
  sem_init(&object, 0, 0);
  sem_destroy(&object);  // RACE-DESTROY
  sem_post(&object);     // RACE-USE
  printf("done\n");
  return 0;
}
