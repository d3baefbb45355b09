// Intent: a seqlock whose data is a plain structure, assigned as a whole: a reader that drops its copy has raced.
// Expect: data race on 'Pair::first' at WRITE, READ
// Allow: data race on 'Pair::second' at WRITE, READ
// Primitive: seqlock
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "invisible.h"

struct Pair {
  long first, second;
} shared;
atomic_uint sequence = 0;
InvisibleTurns turns;

static void* write(void* unused) {
  struct Pair next = {1, -1};
  atomic_fetch_add_explicit(&sequence, 1, memory_order_relaxed);
  atomic_thread_fence(memory_order_release);
  shared = next;  // RACE-WRITE
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  atomic_fetch_add_explicit(&sequence, 1, memory_order_release);
  return unused;
}

static bool tryRead(struct Pair* copy) {
  unsigned before = atomic_load_explicit(&sequence, memory_order_acquire);
  *copy = shared;  // RACE-READ
  atomic_thread_fence(memory_order_acquire);
  return before % 2 == 0 && atomic_load_explicit(&sequence, memory_order_relaxed) == before;
}

int main(void) {
  pthread_t writer;
  struct Pair copy;
  pthread_create(&writer, NULL, write, NULL);
  invisibleAwait(&turns, 1);
  bool valid = tryRead(&copy);
  invisiblePass(&turns);
  pthread_join(writer, NULL);
  printf("%d %ld\n", valid, copy.first + copy.second);
  return 0;
}
