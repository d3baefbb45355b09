// Intent: a wait for a signal that timed out tells nothing.
// Expect: data race on 'message' at WRITE, READ
// Primitive: sigtimedwait
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

static int message;
static InvisibleTurns turns;

static void* receive(void* unused) {
  const struct timespec limit = {0, 1000};
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  invisibleAwait(&turns, 1);
  int signal = sigtimedwait(&set, NULL, &limit);
  printf("%d %d\n", signal, message);  // RACE-READ
  return unused;
}

int main(void) {
  pthread_t receiver;
  pthread_create(&receiver, NULL, receive, NULL);
  message = 1;  // RACE-WRITE
  invisiblePass(&turns);
  pthread_join(receiver, NULL);
  return 0;
}
