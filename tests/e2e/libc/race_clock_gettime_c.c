// Intent: one thread asks for the time into a variable that another reads.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: clock_gettime, gettimeofday
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

static InvisibleTurns turns;
static struct timespec now;

static void* runFirst(void* unused) {
  clock_gettime(CLOCK_REALTIME, &now);  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", now.tv_sec > 0);  // RACE-SECOND
  return unused;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
