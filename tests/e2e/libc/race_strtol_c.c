// Intent: one thread reads a number out of a text that another changes.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: strtol, atoi
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "invisible.h"

static InvisibleTurns turns;
static char text[16] = "1234";

static void* runFirst(void* unused) {
  text[2] = 0;  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%ld\n", strtol(text, NULL, 10));  // RACE-SECOND
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
