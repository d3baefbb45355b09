// Intent: A timer of a timerfd is armed after the data is written: whoever gets it comes after.
// Expect: silent
// Primitive: timerfd
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int message;
static int timer;

static void* sendIt(void* unused) {
  message = 7;
  const struct itimerspec soon = {.it_value = {.tv_nsec = 1000000}};
  timerfd_settime(timer, 0, &soon, NULL);
  invisiblePass(&turns);
  return unused;
}

static void* receiveIt(void* unused) {
  uint64_t count;
  if (read(timer, &count, sizeof count) != sizeof count) puts("no expiry");
  invisibleAwait(&turns, 1);
  int seen = message;
  printf("%d\n", seen);
  return unused;
}

int main(void) {
  pthread_t sender, receiver;
  timer = timerfd_create(CLOCK_MONOTONIC, 0);
  pthread_create(&sender, NULL, sendIt, NULL);
  pthread_create(&receiver, NULL, receiveIt, NULL);
  pthread_join(sender, NULL);
  pthread_join(receiver, NULL);
  return 0;
}
