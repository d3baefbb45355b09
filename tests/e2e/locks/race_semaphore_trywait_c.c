// Intent: Two threads count, one at a time by a semaphore that they try, but one thread writes once more after it has let go.
// Expect: lost update on 'counter' at LATE, LOCKED
// Primitive: sem_trywait
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sched.h>

#include "invisible.h"

static sem_t semaphore;
int counter = 0;
InvisibleTurns turns;

static void* addEarly(void* unused) {
  while (sem_trywait(&semaphore) != 0) sched_yield();
  counter += 1;
  sem_post(&semaphore);
  counter += 1;  // RACE-LATE
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  while (sem_trywait(&semaphore) != 0) sched_yield();
  counter += 1;  // RACE-LOCKED
  sem_post(&semaphore);
  return unused;
}

int main(void) {
  sem_init(&semaphore, 0, 1);
  pthread_t early, later;
  pthread_create(&early, 0, addEarly, 0);
  pthread_create(&later, 0, addLater, 0);
  pthread_join(early, 0);
  pthread_join(later, 0);
  sem_destroy(&semaphore);
  printf("%d\n", counter);
  return 0;
}
