// Intent: a mutex that was never locked is unlocked.
// Expect: mutex misuse: unlock of an unlocked mutex on 'mutex' at UNLOCK
// Primitive: pthread_mutex_t, unlock of an unlocked mutex
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

int main(void) {
  pthread_mutex_unlock(&mutex);  // RACE-UNLOCK
  printf("done\n");
  return 0;
}
