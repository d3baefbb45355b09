// Intent: a read-write lock is destroyed while a reader holds it.
// Expect: mutex misuse: destroy of a locked mutex on 'lock' at DESTROY, LOCK
// Primitive: pthread_rwlock_t, destroy of a locked mutex
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

int main(void) {
  pthread_rwlock_rdlock(&lock);  // RACE-LOCK
  pthread_rwlock_destroy(&lock);  // RACE-DESTROY
  printf("done\n");
  return 0;
}
