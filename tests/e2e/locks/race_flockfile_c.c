// Intent: one of two threads updates without the lock of a stream.
// Expect: lost update on 'counter' at FIRST, SECOND
// Primitive: flockfile
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static InvisibleTurns turns;
static int counter;

static void* runFirst(void* unused) {
  flockfile(stdout);
  counter += 1;  // RACE-FIRST
  funlockfile(stdout);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  counter += 1;  // RACE-SECOND
  return unused;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  printf("%d\n", counter);
  return 0;
}
