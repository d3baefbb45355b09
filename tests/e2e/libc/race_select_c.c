// Intent: one thread looks at what another's select found out.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: select result
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static fd_set ready;
static int ends[2];

static void* runFirst(void* unused) {
  printf("%d\n", select(ends[1] + 1, NULL, &ready, NULL, NULL));  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", FD_ISSET(ends[1], &ready) != 0);  // RACE-SECOND
  return unused;
}

int main(void) {
  if (pipe(ends) != 0) exit(1);
  FD_SET(ends[1], &ready);
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
