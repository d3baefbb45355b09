// Intent: one thread reads a number that another scans.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: sscanf
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static InvisibleTurns turns;
static int number = 1;
static char word[16];

static void* runFirst(void* unused) {
  printf("%d\n", sscanf("12 apples", "%d %15s", &number, word));  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", number);  // RACE-SECOND
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
