// Intent: ppoll, pselect and epoll_pwait give up; what is read then is written at the same time.
// Expect: data race on 'polled' at WRITE-POLLED, READ-POLLED
// Expect: data race on 'selected' at WRITE-SELECTED, READ-SELECTED
// Expect: data race on 'awaited' at WRITE-AWAITED, READ-AWAITED
// Primitive: epoll, poll result, select result
// Languages: C C++
#define _GNU_SOURCE 1
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int ends[2], polled, selected, awaited;

static void* run(void* unused) {
  polled = 1;    // RACE-WRITE-POLLED
  selected = 2;  // RACE-WRITE-SELECTED
  awaited = 3;   // RACE-WRITE-AWAITED
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  if (write(ends[1], "x", 1) != 1) exit(1);
  return unused;
}

int main(void) {
  int sum = 0, poller = epoll_create1(0);
  if (pipe(ends) != 0) exit(1);
  struct epoll_event event = {.events = EPOLLIN};
  epoll_ctl(poller, EPOLL_CTL_ADD, ends[0], &event);
  sigset_t none;
  sigemptyset(&none);
  pthread_t thread;
  pthread_create(&thread, NULL, run, NULL);
  invisibleAwait(&turns, 1);
  const struct timespec short_time = {0, 1000};

  struct pollfd asked = {ends[0], POLLIN, 0};
  if (ppoll(&asked, 1, &short_time, &none) == 0) sum += polled;  // RACE-READ-POLLED
  fd_set set;
  FD_ZERO(&set);
  FD_SET(ends[0], &set);
  if (pselect(ends[0] + 1, &set, NULL, NULL, &short_time, &none) == 0) sum += selected;  // RACE-READ-SELECTED
  if (epoll_pwait(poller, &event, 1, 1, &none) == 0) sum += awaited;                      // RACE-READ-AWAITED

  invisiblePass(&turns);
  pthread_join(thread, NULL);
  printf("%d\n", sum);
  return 0;
}
