// Intent: Two threads count, one at a time by a semaphore.
// Expect: silent
// Primitive: sem_t, sem_wait
#define _GNU_SOURCE 1
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#include "invisible.h"

static sem_t semaphore;
int counter = 0;
InvisibleTurns turns;

static void* addEarly(void* unused) {
  sem_wait(&semaphore);
  counter += 1;
  sem_post(&semaphore);
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  sem_wait(&semaphore);
  counter += 1;
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
