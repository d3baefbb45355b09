// Intent: Two threads count under a mtx_t that they take with a time limit.
// Expect: silent
// Primitive: mtx_timedlock
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <threads.h>
#include <time.h>

#include "invisible.h"

static mtx_t mutex;
int counter = 0;
InvisibleTurns turns;

static struct timespec soon(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  time.tv_sec += 60;
  return time;
}

static void* addEarly(void* unused) {
  struct timespec until = soon(CLOCK_REALTIME);
  if (mtx_timedlock(&mutex, &until) != thrd_success) return unused;
  counter += 1;
  mtx_unlock(&mutex);
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  struct timespec until = soon(CLOCK_REALTIME);
  if (mtx_timedlock(&mutex, &until) != thrd_success) return unused;
  counter += 1;
  mtx_unlock(&mutex);
  return unused;
}

int main(void) {
  mtx_init(&mutex, mtx_timed);
  pthread_t early, later;
  pthread_create(&early, 0, addEarly, 0);
  pthread_create(&later, 0, addLater, 0);
  pthread_join(early, 0);
  pthread_join(later, 0);
  mtx_destroy(&mutex);
  printf("%d\n", counter);
  return 0;
}
