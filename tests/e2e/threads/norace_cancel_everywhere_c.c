// Intent: threads are cancelled in a condition wait, in a join, by async cancellation and at a test; what they and their
// Intent: cleanup handlers did is known to whoever joins them, and the mutex of the wait is held in the handler.
// Expect: silent
// Primitive: pthread_cancel, pthread_cleanup_push, cancellation in pthread_cond_wait, cancellation in pthread_join
// Languages: C C++
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

#include "invisible.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static int waits = 0, cleaned = 0, joinerCleaned = 0, tested = 0, spins = 0;
static pthread_t sleeper;
static InvisibleTurns turns;

static void unlock(void* unused) {
  (void)unused;
  cleaned += 1;
  pthread_mutex_unlock(&mutex);
}

static void* waitForEver(void* unused) {
  pthread_mutex_lock(&mutex);
  pthread_cleanup_push(unlock, 0);
  waits += 1;
  for (;;) pthread_cond_wait(&never, &mutex);
  pthread_cleanup_pop(0);
  return unused;
}

static void countJoiner(void* unused) {
  (void)unused;
  joinerCleaned += 1;
}

static void* joinForEver(void* unused) {
  pthread_cleanup_push(countJoiner, 0);
  pthread_join(sleeper, 0);
  pthread_cleanup_pop(0);
  return unused;
}

static void* sleepForEver(void* unused) {
  for (;;) pause();
  return unused;
}

static void* test(void* unused) {
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, 0);
  tested += 1;
  pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, 0);
  for (;;) {
    pthread_testcancel();
    sched_yield();
  }
  return unused;
}

static void* spin(void* unused) {
  pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, 0);
  spins += 1;
  invisiblePass(&turns);
  for (;;) invisibleYield();
  return unused;
}

static void cancel(pthread_t thread) {
  pthread_cancel(thread);
  pthread_join(thread, 0);
}

int main(void) {
  pthread_t waiters[2], joiner, tester, spinner;
  pthread_create(&sleeper, 0, sleepForEver, 0);
  for (int i = 0; i < 2; ++i) pthread_create(&waiters[i], 0, waitForEver, 0);
  pthread_create(&joiner, 0, joinForEver, 0);
  pthread_create(&tester, 0, test, 0);
  pthread_create(&spinner, 0, spin, 0);
  for (int started = 0; started < 2;) {
    pthread_mutex_lock(&mutex);
    started = waits;
    pthread_mutex_unlock(&mutex);
  }
  for (int i = 0; i < 2; ++i) cancel(waiters[i]);
  invisibleAwait(&turns, 1);
  cancel(spinner);
  invisibleSleep(50);
  cancel(joiner);
  cancel(tester);
  cancel(sleeper);
  printf("%d %d\n", cleaned, spins + (tested >= 0) + (joinerCleaned >= 0));
  return 0;
}
