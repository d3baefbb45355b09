// Intent: one thread asks for the state of a file into a structure that another reads.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: stat, fstat
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>

#include "invisible.h"

static InvisibleTurns turns;
static struct stat state;

static void* runFirst(void* unused) {
  fstat(0, &state);  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", state.st_size >= 0);  // RACE-SECOND
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
