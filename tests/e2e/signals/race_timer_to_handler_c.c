// Intent: a timer's signal handler reads what is written only after the timer was armed.
// Expect: data race on 'message' at WRITE, READ
// Primitive: timer_create SIGEV_SIGNAL
// Languages: C C++
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

static int message, copy;
static InvisibleTurns turns;

static void handle(int signal) {
  (void)signal;
  invisibleAwait(&turns, 1);
  copy = message;  // RACE-READ
  invisiblePass(&turns);
}

static void* receive(void* unused) {
  invisibleAwait(&turns, 2);
  return unused;
}

int main(void) {
  struct sigevent event = {.sigev_signo = SIGUSR1, .sigev_notify = SIGEV_SIGNAL};
  const struct itimerspec soon = {.it_value = {.tv_nsec = 1000000}};
  timer_t timer;
  pthread_t receiver;
  sigset_t set;
  signal(SIGUSR1, handle);
  pthread_create(&receiver, NULL, receive, NULL);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, NULL);  // only the other thread takes it
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  timer_settime(timer, 0, &soon, NULL);
  message = 1;  // RACE-WRITE
  invisiblePass(&turns);
  pthread_join(receiver, NULL);
  printf("%d\n", copy);
  timer_delete(timer);
  return 0;
}
