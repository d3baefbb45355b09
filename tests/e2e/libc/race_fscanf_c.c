// Intent: one thread reads a number that another scans from a stream.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: fscanf
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "invisible.h"

static InvisibleTurns turns;
static double number = 1;
static FILE* stream;

static void* runFirst(void* unused) {
  printf("%d\n", fscanf(stream, "%lf", &number));  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%g\n", number);  // RACE-SECOND
  return unused;
}

int main(void) {
  stream = fmemopen((char*)"2.5 ", 4, "r");
  if (stream == NULL) exit(1);
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
