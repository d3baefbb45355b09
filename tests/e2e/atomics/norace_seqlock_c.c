// Intent: a seqlock with fences around relaxed data orders plain records, too, even for who has read half a version.
// Expect: silent
// Primitive: seqlock
// Reference: does not know fences
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "invisible.h"

enum { kVersions = 200 };

struct Pair {
  long first, second;
};
struct {
  atomic_uint sequence;
  atomic_long first, second;
} shared;
bool begun[kVersions + 1], done[kVersions + 1];
InvisibleTurns turns;

static void write(long version) {
  begun[version] = true;
  atomic_fetch_add_explicit(&shared.sequence, 1, memory_order_relaxed);
  atomic_thread_fence(memory_order_release);
  atomic_store_explicit(&shared.first, version, memory_order_relaxed);
  if (version == 1) {
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  }
  atomic_store_explicit(&shared.second, -version, memory_order_relaxed);
  done[version] = true;
  atomic_fetch_add_explicit(&shared.sequence, 1, memory_order_release);
}

static bool tryRead(struct Pair* copy) {
  unsigned before = atomic_load_explicit(&shared.sequence, memory_order_acquire);
  copy->first = atomic_load_explicit(&shared.first, memory_order_relaxed);
  copy->second = atomic_load_explicit(&shared.second, memory_order_relaxed);
  atomic_thread_fence(memory_order_acquire);
  return before % 2 == 0 && atomic_load_explicit(&shared.sequence, memory_order_relaxed) == before;
}

static void* writeAll(void* unused) {
  for (long version = 1; version <= kVersions; ++version) write(version);
  return unused;
}

int main(void) {
  pthread_t writer;
  struct Pair copy;
  int wrong = 0;
  pthread_create(&writer, NULL, writeAll, NULL);
  invisibleAwait(&turns, 1);
  wrong += tryRead(&copy) || copy.first != 1 || !begun[copy.first];
  invisiblePass(&turns);
  do {
    while (!tryRead(&copy)) sched_yield();
    wrong += copy.first + copy.second != 0 || !done[copy.first];
  } while (copy.first < kVersions);
  pthread_join(writer, NULL);
  printf("%d %ld\n", wrong, copy.second);
  return 0;
}
