// Intent: a value is written after __sync_lock_release has given the lock back.
// Primitive: __sync_* builtins
// Languages: C C++
// Expect: data race on 'value' at WRITE, READ
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

int lock, value;
InvisibleTurns turns;

void* work(void* unused) {
  while (__sync_lock_test_and_set(&lock, 1)) invisibleYield();
  __sync_lock_release(&lock);
  value = 1;  // RACE-WRITE
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, work, NULL);
  int seen = 0;
  invisibleAwait(&turns, 1);
  if (__sync_lock_test_and_set(&lock, 1) == 0) seen = value;  // RACE-READ
  pthread_join(thread, NULL);
  printf("%d\n", seen);
  return 0;
}
