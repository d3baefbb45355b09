// Intent: atomic members are initialised and copied plainly, before the threads start and after they are joined.
// Expect: silent
// Primitive: atomic and plain mixed
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "invisible.h"

struct Stats {
  atomic_long hits, misses;
} stats;
InvisibleTurns turns;

static void* work(void* unused) {
  stats.hits += 1;
  atomic_fetch_add_explicit(&stats.misses, 1, memory_order_relaxed);
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  struct Stats copy;
  memset(&stats, 0, sizeof stats);
  atomic_init(&stats.hits, 5);
  pthread_create(&thread, NULL, work, NULL);
  invisibleAwait(&turns, 1);
  stats.misses -= 3;
  atomic_fetch_add_explicit(&stats.hits, 10, memory_order_relaxed);
  pthread_join(thread, NULL);
  copy = stats;
  printf("%ld %ld\n", (long)copy.hits, (long)copy.misses);
  return 0;
}
