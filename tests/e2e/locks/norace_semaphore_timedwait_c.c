// Intent: Two threads count, one at a time by a semaphore with a time limit.
// Expect: silent
// Primitive: sem_timedwait
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

static sem_t semaphore;
int counter = 0;
InvisibleTurns turns;

static struct timespec soon(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  time.tv_sec += 60;
  return time;
}

static void* addEarly(void* unused) {
  struct timespec until = soon(CLOCK_REALTIME);
  if (sem_timedwait(&semaphore, &until) != 0) return unused;
  counter += 1;
  sem_post(&semaphore);
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  struct timespec until = soon(CLOCK_REALTIME);
  if (sem_timedwait(&semaphore, &until) != 0) return unused;
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
