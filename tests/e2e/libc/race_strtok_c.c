// Intent: two threads call strtok, which has one state for all.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: strtok
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "invisible.h"

static InvisibleTurns turns;
static char one[16] = "a b", two[16] = "c d";

static void* runFirst(void* unused) {
  printf("%d\n", strtok(one, " ") != NULL);  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", strtok(two, " ") != NULL);  // RACE-SECOND
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
