// Intent: one thread looks at what another's poll found out.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: poll result
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static struct pollfd ready;

static void* runFirst(void* unused) {
  printf("%d\n", poll(&ready, 1, 1000));  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", ready.revents);  // RACE-SECOND
  return unused;
}

int main(void) {
  int ends[2];
  if (pipe(ends) != 0) exit(1);
  ready = (struct pollfd){ends[1], POLLOUT, 0};
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
