// Intent: a condition is destroyed while a thread waits for it.
// Expect: destroy of an object in use on 'changed' at DESTROY, WAIT
// Primitive: pthread_cond_t, destroy of a condition in use, condition destroy
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
InvisibleTurns turns;

static void* await(void* unused) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 1;
  pthread_mutex_lock(&mutex);
  invisiblePass(&turns);
  pthread_cond_timedwait(&changed, &mutex, &until);  // RACE-WAIT
  pthread_mutex_unlock(&mutex);
  return unused;
}

int main(void) {
  pthread_t waiter;
  pthread_create(&waiter, 0, await, 0);
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&mutex);  // it sleeps
  pthread_mutex_unlock(&mutex);
  pthread_cond_destroy(&changed);  // RACE-DESTROY
  pthread_join(waiter, 0);
  printf("done\n");
  return 0;
}
