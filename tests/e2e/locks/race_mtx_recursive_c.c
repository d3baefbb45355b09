// Intent: Two threads count under a recursive mtx_t, taken twice, but one thread writes once more after it has let go.
// Expect: lost update on 'counter' at LATE, LOCKED
// Primitive: mtx_t recursive
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <threads.h>

#include "invisible.h"

static mtx_t mutex;
int counter = 0;
InvisibleTurns turns;

static void* addEarly(void* unused) {
  mtx_lock(&mutex);
  mtx_lock(&mutex);
  counter += 1;
  mtx_unlock(&mutex);
  mtx_unlock(&mutex);
  counter += 1;  // RACE-LATE
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  mtx_lock(&mutex);
  mtx_lock(&mutex);
  counter += 1;  // RACE-LOCKED
  mtx_unlock(&mutex);
  mtx_unlock(&mutex);
  return unused;
}

int main(void) {
  mtx_init(&mutex, mtx_plain | mtx_recursive);
  pthread_t early, later;
  pthread_create(&early, 0, addEarly, 0);
  pthread_create(&later, 0, addLater, 0);
  pthread_join(early, 0);
  pthread_join(later, 0);
  mtx_destroy(&mutex);
  printf("%d\n", counter);
  return 0;
}
