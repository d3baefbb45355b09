// Intent: a destroyed barrier is waited at.
// Expect: use after destroy on 'object' at USE, DESTROY
// Primitive: pthread_barrier_t, use after destroy
#include <pthread.h>
#include <stdio.h>

pthread_barrier_t object;

int main(void) {
  pthread_barrier_init(&object, 0, 1);
  pthread_barrier_wait(&object);
  pthread_barrier_destroy(&object);  // RACE-DESTROY
  pthread_barrier_wait(&object);     // RACE-USE
  printf("done\n");
  return 0;
}
