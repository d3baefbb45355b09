// Intent: the producer writes once more after it has raised the flag that the consumer polls under the mutex.
// Expect: data race on 'data' at READ, LATE
// Primitive: pthread_mutex_t
// Languages: C C++
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

#include "invisible.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int ready = 0;
int data = 0;
int seen = 0;
InvisibleTurns turns;

static void* produce(void* unused) {
  data = 1;
  pthread_mutex_lock(&mutex);
  ready = 1;
  pthread_mutex_unlock(&mutex);
  invisibleAwait(&turns, 1);
  data = 2;  // RACE-LATE
  return unused;
}

static int isReady(void) {
  pthread_mutex_lock(&mutex);
  const int now = ready;
  pthread_mutex_unlock(&mutex);
  return now;
}

int main(void) {
  pthread_t producer;
  pthread_create(&producer, 0, produce, 0);
  while (!isReady()) sched_yield();
  seen = data;  // RACE-READ
  invisiblePass(&turns);
  pthread_join(producer, 0);
  printf("%d\n", seen);
  return 0;
}
