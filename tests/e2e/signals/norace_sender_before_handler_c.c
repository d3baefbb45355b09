// Intent: what was written before a signal was sent is there in its handler, however it was sent.
// Expect: silent
// Primitive: kill, sigqueue, pthread_kill, pthread_sigqueue, signal handler
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "invisible.h"

static int messages[5];
static int sum;
static InvisibleTurns turns;

static void handle(int signal, siginfo_t* info, void* context) {
  (void)info;
  (void)context;
  sum += messages[signal - SIGRTMIN];
  invisiblePass(&turns);
}

static void* receive(void* unused) {
  invisibleAwait(&turns, 4);
  return unused;
}

int main(void) {
  struct sigaction action = {.sa_flags = SA_SIGINFO};
  action.sa_sigaction = handle;
  union sigval value = {.sival_int = 1};
  pthread_t receiver;
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < 4; ++i) {
    sigaction(SIGRTMIN + i, &action, NULL);
    sigaddset(&set, SIGRTMIN + i);
  }
  pthread_create(&receiver, NULL, receive, NULL);
  pthread_sigmask(SIG_BLOCK, &set, NULL);  // only the other thread takes them

  messages[0] = 1;
  pthread_kill(receiver, SIGRTMIN);
  messages[1] = 2;
  kill(getpid(), SIGRTMIN + 1);
  messages[2] = 3;
  sigqueue(getpid(), SIGRTMIN + 2, value);
  messages[3] = 4;
  pthread_sigqueue(receiver, SIGRTMIN + 3, value);
  pthread_join(receiver, NULL);
  printf("%d\n", sum);
  return 0;
}
