// Intent: two threads call getpwuid, whose result is one buffer for all.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: getpwuid static buffer
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/types.h>

#include "invisible.h"

static InvisibleTurns turns;

static void* runFirst(void* unused) {
  printf("%d\n", getpwuid(0) != NULL);  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", getpwuid(0) != NULL);  // RACE-SECOND
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
