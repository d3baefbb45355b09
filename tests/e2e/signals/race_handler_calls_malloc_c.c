// Intent: a signal from another thread arrives in the middle of work, and its handler allocates.
// Expect: signal-unsafe call on 'malloc' at CALL, WORK
// Primitive: signal-unsafe call
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "invisible.h"

static void* volatile block;
static InvisibleTurns turns;

static void handle(int signal) {
  (void)signal;
  block = malloc(16);  // RACE-CALL
  invisiblePass(&turns);
}

static void* receive(void* unused) {
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);  // RACE-WORK
  return unused;
}

int main(void) {
  pthread_t receiver;
  signal(SIGUSR1, handle);
  pthread_create(&receiver, NULL, receive, NULL);
  invisibleAwait(&turns, 1);
  pthread_kill(receiver, SIGUSR1);
  pthread_join(receiver, NULL);
  printf("%d\n", block != NULL);
  return 0;
}
