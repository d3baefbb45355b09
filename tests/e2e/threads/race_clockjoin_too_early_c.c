// Intent: a clockjoin that found the thread still at work orders nothing.
// Expect: data race on 'result' at WRITE, READ
// Primitive: pthread_clockjoin_np
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

int result = 0;
InvisibleTurns turns;

static void* work(void* unused) {
  result = 42;  // RACE-WRITE
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  return unused;
}

int main(void) {
  pthread_t thread;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  pthread_create(&thread, 0, work, 0);
  invisibleAwait(&turns, 1);
  int error = pthread_clockjoin_np(thread, 0, CLOCK_REALTIME, &now);
  int seen = result;  // RACE-READ
  invisiblePass(&turns);
  pthread_join(thread, 0);
  printf("%d %d\n", error != 0, seen);
  return 0;
}
