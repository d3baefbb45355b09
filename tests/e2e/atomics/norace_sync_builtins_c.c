// Intent: a lock of __sync_lock_test_and_set and __sync_lock_release, counters and a compare-and-swap of __sync_*.
// Primitive: __sync_* builtins
// Languages: C C++
// Expect: silent
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

int lock, value;
long counter;
InvisibleTurns turns;

void* work(void* unused) {
  for (int i = 0; i < 100; ++i) {
    while (__sync_lock_test_and_set(&lock, 1)) invisibleYield();
    ++value;
    __sync_lock_release(&lock);
    __sync_fetch_and_add(&counter, 2);
    __sync_sub_and_fetch(&counter, 1);
    for (long seen;;) {
      seen = __sync_fetch_and_or(&counter, 0);
      if (__sync_bool_compare_and_swap(&counter, seen, seen + 0)) break;
    }
  }
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, work, NULL);
  int seen = 0;
  work(NULL);
  pthread_join(thread, NULL);
  seen = value + (int)counter;
  printf("%d\n", seen);
  return 0;
}
