// Intent: one thread sorts an array that another reads.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: qsort
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "invisible.h"

static InvisibleTurns turns;
static int numbers[16] = {3, 2, 1};
static int compare(const void* a, const void* b) { return *(const int*)a - *(const int*)b; }

static void* runFirst(void* unused) {
  qsort(numbers, 16, sizeof *numbers, compare);  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", numbers[15]);  // RACE-SECOND
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
