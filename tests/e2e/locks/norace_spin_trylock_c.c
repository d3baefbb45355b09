// Intent: Two threads count under a spin lock that they try until they have it.
// Expect: silent
// Primitive: pthread_spin_trylock
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sched.h>

#include "invisible.h"

static pthread_spinlock_t spin;
int counter = 0;
InvisibleTurns turns;

static void* addEarly(void* unused) {
  while (pthread_spin_trylock(&spin) != 0) sched_yield();
  counter += 1;
  pthread_spin_unlock(&spin);
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  while (pthread_spin_trylock(&spin) != 0) sched_yield();
  counter += 1;
  pthread_spin_unlock(&spin);
  return unused;
}

int main(void) {
  pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
  pthread_t early, later;
  pthread_create(&early, 0, addEarly, 0);
  pthread_create(&later, 0, addLater, 0);
  pthread_join(early, 0);
  pthread_join(later, 0);
  pthread_spin_destroy(&spin);
  printf("%d\n", counter);
  return 0;
}
