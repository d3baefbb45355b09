// Intent: the sender writes what the handler reads only after it has queued the signal.
// Expect: data race on 'message' at WRITE, READ
// Primitive: sigqueue, signal handler
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "invisible.h"

static int message, copy;
static InvisibleTurns turns;

static void handle(int signal, siginfo_t* info, void* context) {
  (void)signal;
  (void)info;
  (void)context;
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
  struct sigaction action = {.sa_flags = SA_SIGINFO};
  action.sa_sigaction = handle;
  union sigval value = {.sival_int = 1};
  pthread_t receiver;
  sigset_t set;
  sigaction(SIGRTMIN, &action, NULL);
  pthread_create(&receiver, NULL, receive, NULL);
  sigemptyset(&set);
  sigaddset(&set, SIGRTMIN);
  pthread_sigmask(SIG_BLOCK, &set, NULL);  // only the other thread takes it
  sigqueue(getpid(), SIGRTMIN, value);
  invisibleAwait(&turns, 1);
  message = 1;  // RACE-WRITE
  invisiblePass(&turns);
  pthread_join(receiver, NULL);
  printf("%d %d\n", message, copy);
  return 0;
}
