// Intent: two threads write while they hold a read-write lock for reading (tryrdlock).
// Expect: lost update on 'counter' at ADD, ADD
// Primitive: pthread_rwlock_tryrdlock
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sched.h>

#include "invisible.h"

static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
int counter = 0;
InvisibleTurns turns;

static void* add(void* argument) {
  invisibleAwait(&turns, argument != 0);
  while (pthread_rwlock_tryrdlock(&table) != 0) sched_yield();
  counter += 1;  // RACE-ADD
  pthread_rwlock_unlock(&table);
  invisiblePass(&turns);
  return 0;
}

int main(void) {
  pthread_t first, second;
  pthread_create(&first, 0, add, 0);
  pthread_create(&second, 0, add, &turns);
  pthread_join(first, 0);
  pthread_join(second, 0);
  printf("%d\n", counter);
  return 0;
}
