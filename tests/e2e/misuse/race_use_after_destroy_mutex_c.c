// Intent: a destroyed pthread_mutex_t is used again, without being initialised again.
// Expect: use after destroy on 'object' at USE, DESTROY
// Primitive: pthread_mutex_t, use after destroy
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

pthread_mutex_t object = PTHREAD_MUTEX_INITIALIZER;

int main(void) {
  pthread_mutex_destroy(&object);  // RACE-DESTROY
  pthread_mutex_lock(&object);  // RACE-USE
  printf("done\n");
  return 0;
}
