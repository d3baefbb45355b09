// Intent: one thread formats a text into a buffer that another reads.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: snprintf
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "invisible.h"

static InvisibleTurns turns;
static char buffer[32];
static volatile int number = 7;

static void* runFirst(void* unused) {
  snprintf(buffer, sizeof buffer, "number %d", number);  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%c\n", buffer[3]);  // RACE-SECOND
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
