// Intent: a barrier is destroyed while a thread waits for the others to come.
// Expect: destroy of an object in use on 'barrier' at DESTROY, WAIT
// Reference: silent
// Exit: 3
// Primitive: pthread_barrier_t, destroy of a barrier in use
// Languages: C C++
#include <pthread.h>
#include <unistd.h>

#include "invisible.h"

pthread_barrier_t barrier;

static void* await(void* unused) {
  pthread_barrier_wait(&barrier);  // RACE-WAIT
  return unused;
}

static void* destroy(void* unused) {
  pthread_barrier_destroy(&barrier);  // RACE-DESTROY
  return unused;
}

int main(void) {
  pthread_t waiter, destroyer;
  pthread_barrier_init(&barrier, 0, 2);
  pthread_create(&waiter, 0, await, 0);
  invisibleSleep(200);
  pthread_create(&destroyer, 0, destroy, 0);
  invisibleSleep(200);
  _exit(3);  // the waiter never ends
}
