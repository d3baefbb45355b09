// Intent: a destroyed pthread_rwlock_t is used again, without being initialised again.
// Expect: use after destroy on 'object' at USE, DESTROY
// Primitive: pthread_rwlock_t, use after destroy
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

pthread_rwlock_t object = PTHREAD_RWLOCK_INITIALIZER;

int main(void) {
  pthread_rwlock_destroy(&object);  // RACE-DESTROY
  pthread_rwlock_rdlock(&object);  // RACE-USE
  printf("done\n");
  return 0;
}
