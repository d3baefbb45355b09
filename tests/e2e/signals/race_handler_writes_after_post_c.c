// Intent: the handler posts first and writes afterwards, so nothing orders the write before the reader.
// Expect: data race on 'message' at WRITE, READ
// Primitive: signal handler, sem_t
// Languages: C C++
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>

#include "invisible.h"

static sem_t posted;
static long message;
static InvisibleTurns turns;

static void handle(int signal) {
  (void)signal;
  sem_post(&posted);
  message = 7;  // RACE-WRITE
  invisiblePass(&turns);
}

static void* wait(void* unused) {
  invisibleAwait(&turns, 2);
  return unused;
}

int main(void) {
  pthread_t worker;
  sem_init(&posted, 0, 0);
  signal(SIGUSR1, handle);
  pthread_create(&worker, NULL, wait, NULL);
  pthread_kill(worker, SIGUSR1);
  while (sem_wait(&posted) != 0) {}
  invisibleAwait(&turns, 1);
  printf("%ld\n", message);  // RACE-READ
  invisiblePass(&turns);
  pthread_join(worker, NULL);
  return 0;
}
