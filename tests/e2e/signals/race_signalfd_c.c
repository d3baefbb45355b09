// Intent: the sender writes only after it has sent the signal that the other reads from a signalfd.
// Expect: data race on 'message' at WRITE, READ
// Primitive: signalfd
// Languages: C C++
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "invisible.h"

static int message;
static InvisibleTurns turns;

static void* receive(void* descriptor) {
  struct signalfd_siginfo info;
  ssize_t bytes = read(*(int*)descriptor, &info, sizeof info);
  invisibleAwait(&turns, 1);
  printf("%d %d\n", bytes == sizeof info, message);  // RACE-READ
  return NULL;
}

int main(void) {
  pthread_t receiver;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  int descriptor = signalfd(-1, &set, 0);
  pthread_create(&receiver, NULL, receive, &descriptor);
  kill(getpid(), SIGUSR1);
  message = 1;  // RACE-WRITE
  invisiblePass(&turns);
  pthread_join(receiver, NULL);
  close(descriptor);
  return 0;
}
