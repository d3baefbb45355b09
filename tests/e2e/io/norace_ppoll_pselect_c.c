// Intent: a thread that saw by ppoll, pselect or epoll_pwait that a pipe has something in it reads what was written before.
// Expect: silent
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

static int ends[3][2], data[3];

static void* run(void* unused) {
  for (int i = 0; i < 3; ++i) {
    data[i] = i + 1;
    if (write(ends[i][1], "x", 1) != 1) exit(1);
  }
  return unused;
}

int main(void) {
  int sum = 0, poller = epoll_create1(0);
  for (int i = 0; i < 3; ++i)
    if (pipe(ends[i]) != 0) exit(1);
  struct epoll_event event = {.events = EPOLLIN};
  epoll_ctl(poller, EPOLL_CTL_ADD, ends[2][0], &event);
  sigset_t none;
  sigemptyset(&none);
  pthread_t thread;
  pthread_create(&thread, NULL, run, NULL);
  const struct timespec long_enough = {60, 0};

  struct pollfd polled = {ends[0][0], POLLIN, 0};
  if (ppoll(&polled, 1, &long_enough, &none) == 1) sum += data[0];
  fd_set set;
  FD_ZERO(&set);
  FD_SET(ends[1][0], &set);
  if (pselect(ends[1][0] + 1, &set, NULL, NULL, &long_enough, &none) == 1) sum += data[1];
  if (epoll_pwait(poller, &event, 1, 60000, &none) == 1) sum += data[2];

  pthread_join(thread, NULL);
  printf("%d\n", sum);
  return 0;
}
