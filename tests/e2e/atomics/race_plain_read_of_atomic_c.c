// Intent: to assign a structure is a plain copy, also of its _Atomic members.
// Expect: data race on 'Stats::hits' at STORE, COPY
// Primitive: atomic and plain mixed
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

struct Stats {
  atomic_long hits, misses;
} stats;
InvisibleTurns turns;

static void* work(void* unused) {
  stats.hits = 5;  // RACE-STORE
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  struct Stats copy;
  pthread_create(&thread, NULL, work, NULL);
  invisibleAwait(&turns, 1);
  copy = stats;  // RACE-COPY
  pthread_join(thread, NULL);
  printf("%ld\n", copy.hits + copy.misses);
  return 0;
}
