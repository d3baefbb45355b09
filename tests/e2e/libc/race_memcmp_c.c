// Intent: one thread compares bytes that another writes.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: memcmp
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "invisible.h"

static InvisibleTurns turns;
static char bytes[64], other[64];
static volatile size_t size = 64;

static void* runFirst(void* unused) {
  bytes[40] = 1;  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", memcmp(bytes, other, size) != 0);  // RACE-SECOND
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
