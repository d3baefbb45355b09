// Intent: A timer of a timerfd is armed before the data is written, so nothing orders the two.
// Expect: data race on 'message' at WRITE, READ
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
  const struct itimerspec soon = {.it_value = {.tv_nsec = 1000000}};
  timerfd_settime(timer, 0, &soon, NULL);
  message = 7;  // RACE-WRITE
  invisiblePass(&turns);
  return unused;
}

static void* receiveIt(void* unused) {
  uint64_t count;
  if (read(timer, &count, sizeof count) != sizeof count) puts("no expiry");
  invisibleAwait(&turns, 1);
  int seen = message;  // RACE-READ
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
