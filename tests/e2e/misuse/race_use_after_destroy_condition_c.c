// Intent: a destroyed pthread_cond_t is used again, without being initialised again.
// Expect: use after destroy on 'object' at USE, DESTROY
// Primitive: pthread_cond_t, use after destroy
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

pthread_cond_t object = PTHREAD_COND_INITIALIZER;

int main(void) {
  pthread_cond_destroy(&object);  // RACE-DESTROY
  pthread_cond_signal(&object);  // RACE-USE
  printf("done\n");
  return 0;
}
