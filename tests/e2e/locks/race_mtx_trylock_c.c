// Intent: Two threads count under a mtx_t that they try until they have it, but one thread writes once more after it has let go.
// Expect: lost update on 'counter' at LATE, LOCKED
// Primitive: mtx_trylock
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <threads.h>

#include "invisible.h"

static mtx_t mutex;
int counter = 0;
InvisibleTurns turns;

static void* addEarly(void* unused) {
  while (mtx_trylock(&mutex) != thrd_success) thrd_yield();
  counter += 1;
  mtx_unlock(&mutex);
  counter += 1;  // RACE-LATE
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  while (mtx_trylock(&mutex) != thrd_success) thrd_yield();
  counter += 1;  // RACE-LOCKED
  mtx_unlock(&mutex);
  return unused;
}

int main(void) {
  mtx_init(&mutex, mtx_plain);
  pthread_t early, later;
  pthread_create(&early, 0, addEarly, 0);
  pthread_create(&later, 0, addLater, 0);
  pthread_join(early, 0);
  pthread_join(later, 0);
  mtx_destroy(&mutex);
  printf("%d\n", counter);
  return 0;
}
