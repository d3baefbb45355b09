// Intent: whoever waits for a signal comes after whoever sent it: sigwait, sigwaitinfo, sigtimedwait.
// Expect: silent
// Primitive: sigwait, sigwaitinfo, sigtimedwait
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int messages[3];

static int waitFor(int which, const sigset_t* set) {
  const struct timespec limit = {60, 0};
  siginfo_t info;
  int signal = 0;
  if (which == 0) sigwait(set, &signal);
  if (which == 1) signal = sigwaitinfo(set, &info);
  if (which == 2) signal = sigtimedwait(set, &info, &limit);
  return signal;
}

static void* receive(void* sets) {
  int sum = 0;
  for (int i = 0; i < 3; ++i) {
    if (waitFor(i, (sigset_t*)sets + i) != SIGRTMIN + i) puts("another signal");
    sum += messages[i];
  }
  printf("%d\n", sum);
  return NULL;
}

int main(void) {
  sigset_t sets[3], all;
  pthread_t receiver;
  sigemptyset(&all);
  for (int i = 0; i < 3; ++i) {
    sigemptyset(&sets[i]);
    sigaddset(&sets[i], SIGRTMIN + i);
    sigaddset(&all, SIGRTMIN + i);
  }
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  pthread_create(&receiver, NULL, receive, sets);
  for (int i = 0; i < 3; ++i) {
    messages[i] = i + 1;
    kill(getpid(), SIGRTMIN + i);
  }
  pthread_join(receiver, NULL);
  return 0;
}
