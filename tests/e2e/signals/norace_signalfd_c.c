// Intent: a signal read from a signalfd comes after whoever sent it.
// Expect: silent
// Primitive: signalfd
// Languages: C C++
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

static int message;

static void* receive(void* descriptor) {
  struct signalfd_siginfo info;
  ssize_t bytes = read(*(int*)descriptor, &info, sizeof info);
  printf("%d %d %d\n", bytes == sizeof info, info.ssi_signo == SIGUSR1, message);
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
  message = 1;
  kill(getpid(), SIGUSR1);
  pthread_join(receiver, NULL);
  close(descriptor);
  return 0;
}
