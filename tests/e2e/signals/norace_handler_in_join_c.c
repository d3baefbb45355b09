// Intent: a handler that interrupts pthread_join knows what the thread knew that armed its timer.
// Expect: silent
// Primitive: pthread_join, timer_create SIGEV_SIGNAL
// Languages: C C++
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

enum { kCells = 8192 };

short triple[4] __attribute__((aligned(8)));  // one word
static short copy;
long cells[2][kCells];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static InvisibleTurns turns;
static timer_t timer;

static void handle(int signal) {
  (void)signal;
  if (invisibleLoad(&turns.passed) != 4) return;
  copy = triple[0];
  invisiblePass(&turns);
}

static void arm(void) {
  const struct itimerspec often = {.it_interval = {.tv_nsec = 1000000}, .it_value = {.tv_nsec = 1000000}};
  timer_settime(timer, 0, &often, NULL);
}

// Enough to fill what the threads remember of themselves.
static void work(int index) {
  pthread_mutex_lock(&mutex);
  for (unsigned i = 0; i < kCells; ++i) cells[index][i * 613 % kCells] = i;
  pthread_mutex_unlock(&mutex);
}

static void* first(void* unused) {
  triple[0] = 7;
  work(0);
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  work(0);
  invisiblePass(&turns);
  invisibleAwait(&turns, 5);
  return unused;
}

static void* second(void* unused) {
  invisibleAwait(&turns, 1);
  work(1);
  invisiblePass(&turns);
  invisibleAwait(&turns, 3);
  triple[1] = 8;
  arm();
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  struct sigevent event = {.sigev_signo = SIGUSR1, .sigev_notify = SIGEV_SIGNAL};
  pthread_t threads[2];
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  signal(SIGUSR1, handle);
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  pthread_create(&threads[0], NULL, first, NULL);
  pthread_create(&threads[1], NULL, second, NULL);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);  // only this thread takes it
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
  printf("%d\n", copy);
  timer_delete(timer);
  return 0;
}
