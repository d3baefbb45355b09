// Intent: two threads call asctime, whose result is one buffer for all.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: asctime static buffer
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

static InvisibleTurns turns;
static const struct tm zero = {0};

static void* runFirst(void* unused) {
  printf("%d\n", asctime(&zero) != NULL);  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", asctime(&zero) != NULL);  // RACE-SECOND
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
