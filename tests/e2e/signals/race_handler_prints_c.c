// Intent: a signal from another thread arrives in the middle of work, and its handler prints.
// Expect: signal-unsafe call on 'printf' at CALL, WORK
// Primitive: signal-unsafe call
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#include "invisible.h"

static volatile int number = 7;
static InvisibleTurns turns;

static void handle(int signal) {
  (void)signal;
  printf("%d\n", number);  // RACE-CALL
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
  return 0;
}
