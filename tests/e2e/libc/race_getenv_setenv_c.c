// Intent: one thread changes the environment while another asks it.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: getenv, setenv
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "invisible.h"

static InvisibleTurns turns;

static void* runFirst(void* unused) {
  setenv("SNAG_TEST_NAME", "value", 1);  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", getenv("PATH") != NULL);  // RACE-SECOND
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
