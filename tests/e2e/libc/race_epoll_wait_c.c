// Intent: one thread looks at what another's epoll_wait found out.
// Expect: data race on '*' at FIRST, SECOND
// Primitive: epoll_wait result
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static struct epoll_event ready = {EPOLLOUT, {0}};
static int group;

static void* runFirst(void* unused) {
  printf("%d\n", epoll_wait(group, &ready, 1, 1000));  // RACE-FIRST
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  printf("%d\n", ready.events != 0);  // RACE-SECOND
  return unused;
}

int main(void) {
  int ends[2];
  group = epoll_create1(0);
  if (pipe(ends) != 0 || epoll_ctl(group, EPOLL_CTL_ADD, ends[1], &ready) != 0) exit(1);
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
