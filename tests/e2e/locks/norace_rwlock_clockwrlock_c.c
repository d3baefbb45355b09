// Intent: Two threads count under a read-write lock taken with clockwrlock.
// Expect: silent
// Primitive: pthread_rwlock_t, pthread_rwlock_clockwrlock
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
int counter = 0;
InvisibleTurns turns;

static struct timespec soon(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  time.tv_sec += 60;
  return time;
}

static void* addEarly(void* unused) {
  struct timespec until = soon(CLOCK_MONOTONIC);
  if (pthread_rwlock_clockwrlock(&table, CLOCK_MONOTONIC, &until) != 0) return unused;
  counter += 1;
  pthread_rwlock_unlock(&table);
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  struct timespec until = soon(CLOCK_MONOTONIC);
  if (pthread_rwlock_clockwrlock(&table, CLOCK_MONOTONIC, &until) != 0) return unused;
  counter += 1;
  pthread_rwlock_unlock(&table);
  return unused;
}

int main(void) {
  pthread_t early, later;
  pthread_create(&early, 0, addEarly, 0);
  pthread_create(&later, 0, addLater, 0);
  pthread_join(early, 0);
  pthread_join(later, 0);
  printf("%d\n", counter);
  return 0;
}
