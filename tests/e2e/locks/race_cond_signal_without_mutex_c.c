// Intent: the waiter's time is up, and it reads the message without the mutex: the signal alone orders nothing.
// Expect: data race on 'message' at WRITE, READ
// Primitive: pthread_cond_t, pthread_cond_timedwait
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
int message = 0;
int seen = 0;
InvisibleTurns turns;

static void* await(void* unused) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  pthread_mutex_lock(&mutex);
  pthread_cond_timedwait(&changed, &mutex, &now);
  pthread_mutex_unlock(&mutex);
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  seen = message;  // RACE-READ
  return unused;
}

static void* send(void* unused) {
  invisibleAwait(&turns, 1);
  message = 42;  // RACE-WRITE
  pthread_cond_signal(&changed);
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t waiter, sender;
  pthread_create(&waiter, 0, await, 0);
  pthread_create(&sender, 0, send, 0);
  pthread_join(waiter, 0);
  pthread_join(sender, 0);
  printf("%d\n", seen);
  return 0;
}
