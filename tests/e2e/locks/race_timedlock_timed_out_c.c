// Intent: a timed lock that ran out of time protects nothing.
// Expect: lost update on 'counter' at OWNER, INTRUDER
// Primitive: mutex timedlock
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

int counter = 0;
pthread_mutex_t counterMutex = PTHREAD_MUTEX_INITIALIZER;
InvisibleTurns turns;

static void* own(void* unused) {
  pthread_mutex_lock(&counterMutex);
  counter += 1;  // RACE-OWNER
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  pthread_mutex_unlock(&counterMutex);
  return unused;
}

static void* intrude(void* unused) {
  struct timespec now;
  invisibleAwait(&turns, 1);
  clock_gettime(CLOCK_REALTIME, &now);
  if (pthread_mutex_timedlock(&counterMutex, &now) == 0) pthread_mutex_unlock(&counterMutex);
  counter += 1;  // RACE-INTRUDER
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t first, second;
  pthread_create(&first, 0, own, 0);
  pthread_create(&second, 0, intrude, 0);
  pthread_join(first, 0);
  pthread_join(second, 0);
  printf("%d\n", counter);
  return 0;
}
