// Intent: two threads call drand48, which has one state for all.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: drand48
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "invisible.h"

static InvisibleTurns turns;

static void* runFirst(void* unused) {
  printf("%d\n", drand48() >= 0);  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", drand48() >= 0);  // RACE-SECOND
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
