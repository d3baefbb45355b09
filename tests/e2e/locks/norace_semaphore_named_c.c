// Intent: Two threads count, one at a time by a named semaphore.
// Expect: silent
// Primitive: sem_open
// Languages: C C++
#define _GNU_SOURCE 1
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

#include "invisible.h"

static sem_t* semaphore;
int counter = 0;
InvisibleTurns turns;

static void* addEarly(void* unused) {
  sem_wait(semaphore);
  counter += 1;
  sem_post(semaphore);
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  sem_wait(semaphore);
  counter += 1;
  sem_post(semaphore);
  return unused;
}

int main(void) {
  char name[64];
  snprintf(name, sizeof name, "/snag-test-%d", (int)getpid());
  semaphore = sem_open(name, O_CREAT | O_EXCL, 0600, 1);
  if (semaphore == SEM_FAILED) return 1;
  sem_unlink(name);
  pthread_t early, later;
  pthread_create(&early, 0, addEarly, 0);
  pthread_create(&later, 0, addLater, 0);
  pthread_join(early, 0);
  pthread_join(later, 0);
  sem_close(semaphore);
  printf("%d\n", counter);
  return 0;
}
