// Intent: one thread measures a text that another changes.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: strlen
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "invisible.h"

static InvisibleTurns turns;
static char text[32] = "some words";

static void* runFirst(void* unused) {
  text[4] = 0;  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%zu\n", strlen(text));  // RACE-SECOND
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
