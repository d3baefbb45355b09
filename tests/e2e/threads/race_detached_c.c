// Intent: threads that are detached, one from its beginning, have ended, but nothing orders what they did before main's reads.
// Expect: data race on 'later' at WRITE-LATER, READ-LATER
// Expect: data race on 'born' at WRITE-BORN, READ-BORN
// Primitive: pthread_detach, thread attributes
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static InvisibleTurns turns;
static int later, born;

static void* writeLater(void* unused) {
  later = 1;  // RACE-WRITE-LATER
  invisiblePass(&turns);
  return unused;
}

static void* writeBorn(void* unused) {
  born = 2;  // RACE-WRITE-BORN
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_attr_t detached;
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  pthread_create(&thread, NULL, writeLater, NULL);
  pthread_detach(thread);
  pthread_create(&thread, &detached, writeBorn, NULL);
  invisibleAwait(&turns, 2);
  int sum = later;  // RACE-READ-LATER
  sum += born;      // RACE-READ-BORN
  printf("%d\n", sum);
  return 0;
}
