// Intent: Two threads count under a read-write lock taken with wrlock, but one thread writes once more after it has let go.
// Expect: lost update on 'counter' at LATE, LOCKED
// Primitive: pthread_rwlock_t, pthread_rwlock_wrlock
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
int counter = 0;
InvisibleTurns turns;

static void* addEarly(void* unused) {
  pthread_rwlock_wrlock(&table);
  counter += 1;
  pthread_rwlock_unlock(&table);
  counter += 1;  // RACE-LATE
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  pthread_rwlock_wrlock(&table);
  counter += 1;  // RACE-LOCKED
  pthread_rwlock_unlock(&table);
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
