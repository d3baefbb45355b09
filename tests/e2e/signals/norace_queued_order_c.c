// Intent: real-time signals keep their order and their values, also those that arrive inside the runtime.
// Expect: silent
// Primitive: sigqueue, signal handler
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int next, wrong, done;
static long work;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void handle(int signal, siginfo_t* info, void* context) {
  (void)signal;
  (void)context;
  if (atomic_fetch_add(&next, 1) != info->si_value.sival_int) atomic_fetch_add(&wrong, 1);
}

static void* receive(void* unused) {
  while (!atomic_load(&done)) {
    pthread_mutex_lock(&lock);
    ++work;
    pthread_mutex_unlock(&lock);
  }
  return unused;
}

int main(void) {
  enum { kSignals = 2000 };
  struct sigaction action = {.sa_flags = SA_SIGINFO};
  action.sa_sigaction = handle;
  pthread_t receiver;
  sigaction(SIGRTMIN + 3, &action, NULL);
  pthread_create(&receiver, NULL, receive, NULL);
  for (int i = 0; i < kSignals; ++i) {
    union sigval value = {.sival_int = i};
    while (pthread_sigqueue(receiver, SIGRTMIN + 3, value) != 0) {}
  }
  while (atomic_load(&next) < kSignals) {}
  atomic_store(&done, 1);
  pthread_join(receiver, NULL);
  printf("%d\n", atomic_load(&wrong));
  return 0;
}
