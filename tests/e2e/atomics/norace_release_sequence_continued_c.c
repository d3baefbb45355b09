// Intent: a relaxed read-modify-write of another thread continues the release sequence, and so does a compare-exchange.
// Expect: silent
// Primitive: release sequence
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

int message = 0;
atomic_int stage = 0;
InvisibleTurns turns;
int seen = 0;

static void* send(void* unused) {
  message = 42;
  atomic_store_explicit(&stage, 1, memory_order_release);
  invisiblePass(&turns);
  return unused;
}

static void* meddle(void* unused) {
  invisibleAwait(&turns, 1);
  int before = atomic_fetch_add_explicit(&stage, 1, memory_order_relaxed) + 1;
  atomic_compare_exchange_strong_explicit(&stage, &before, 3, memory_order_relaxed, memory_order_relaxed);
  invisiblePass(&turns);
  return unused;
}

static void* receive(void* unused) {
  invisibleAwait(&turns, 2);
  if (atomic_load_explicit(&stage, memory_order_acquire) == 3) seen = message;
  return unused;
}

int main(void) {
  void* (*const works[3])(void*) = {send, meddle, receive};
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) pthread_create(&threads[i], NULL, works[i], NULL);
  for (int i = 0; i < 3; ++i) pthread_join(threads[i], NULL);
  printf("%d\n", seen);
  return 0;
}
