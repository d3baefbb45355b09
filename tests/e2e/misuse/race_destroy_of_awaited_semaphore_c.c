// Intent: a semaphore is destroyed while a thread waits for it.
// Expect: destroy of an object in use on 'semaphore' at DESTROY, WAIT
// Reference: silent
// Primitive: semaphore unnamed
// Exit: 3
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

#include "invisible.h"

sem_t semaphore;

static void* await(void* unused) {
  sem_wait(&semaphore);  // RACE-WAIT
  return unused;
}

int main(void) {
  pthread_t waiter;
  sem_init(&semaphore, 0, 0);
  pthread_create(&waiter, 0, await, 0);
  invisibleAwait((const InvisibleTurns*)((const char*)&semaphore + 4), 1);  // glibc counts who sleeps
  sem_destroy(&semaphore);  // RACE-DESTROY
  _exit(3);
}
