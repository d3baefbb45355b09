// Intent: Two threads count under a mutex that they try until they have it.
// Expect: silent
// Primitive: pthread_mutex_trylock
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sched.h>

#include "invisible.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
int counter = 0;
InvisibleTurns turns;

static void* addEarly(void* unused) {
  while (pthread_mutex_trylock(&mutex) != 0) sched_yield();
  counter += 1;
  pthread_mutex_unlock(&mutex);
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  while (pthread_mutex_trylock(&mutex) != 0) sched_yield();
  counter += 1;
  pthread_mutex_unlock(&mutex);
  return unused;
}

int main(void) {
  pthread_t early, later;
  pthread_create(&early, 0, addEarly, 0);
  pthread_create(&later, 0, addLater, 0);
  pthread_join(early, 0);
  pthread_join(later, 0);
  printf("%d\n", counter);
  return 0;
}
