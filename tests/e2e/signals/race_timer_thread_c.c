// Intent: a timer's thread reads what is written only after the timer was armed.
// Expect: data race on 'message' at WRITE, READ
// Primitive: timer_create SIGEV_THREAD
// Languages: C C++
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

static int message;
static InvisibleTurns turns;

static void notify(union sigval value) {
  (void)value;
  invisibleAwait(&turns, 1);
  printf("%d\n", message);  // RACE-READ
  invisiblePass(&turns);
}

int main(void) {
  struct sigevent event = {.sigev_notify = SIGEV_THREAD};
  event.sigev_notify_function = notify;
  const struct itimerspec soon = {.it_value = {.tv_nsec = 1000000}};
  timer_t timer;
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  timer_settime(timer, 0, &soon, NULL);
  message = 1;  // RACE-WRITE
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  return 0;
}
