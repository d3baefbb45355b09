// Intent: the sender writes what the handler reads only after it has sent the signal.
// Expect: data race on 'message' at WRITE, READ
// Primitive: kill, pthread_kill, signal handler
// Languages: C C++
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#include "invisible.h"

static int message, copy;
static InvisibleTurns turns;

static void handle(int signal) {
  (void)signal;
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  copy = message;  // RACE-READ
  invisiblePass(&turns);
}

static void* receive(void* unused) {
  invisibleAwait(&turns, 3);
  return unused;
}

int main(void) {
  pthread_t receiver;
  signal(SIGUSR1, handle);
  pthread_create(&receiver, NULL, receive, NULL);
  pthread_kill(receiver, SIGUSR1);
  invisibleAwait(&turns, 1);
  message = 1;  // RACE-WRITE
  invisiblePass(&turns);
  pthread_join(receiver, NULL);
  printf("%d %d\n", message, copy);
  return 0;
}
