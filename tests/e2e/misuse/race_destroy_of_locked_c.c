// Intent: a mutex is destroyed while its owner still holds it.
// Expect: mutex misuse: destroy of a locked mutex on 'mutex' at DESTROY, LOCK
// Primitive: pthread_mutex_t, destroy of a locked mutex
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

int main(void) {
  pthread_mutex_lock(&mutex);                            // RACE-LOCK
  printf("%d\n", pthread_mutex_destroy(&mutex) != 0);  // RACE-DESTROY
  return 0;
}
