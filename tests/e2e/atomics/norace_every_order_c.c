// Intent: every pair of orders that synchronises, and plain operators on an _Atomic object, which are seq_cst.
// Expect: silent
// Primitive: atomic consume, atomic acquire and release, atomic acq_rel, atomic seq_cst, C11 _Atomic
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

enum { kWays = 6, kRounds = kWays * kWays };

_Atomic int place;
int message[kRounds + 1];
InvisibleTurns turns;

static void put(int way, int round) {
  switch (way) {
    case 0: atomic_store_explicit(&place, round, memory_order_release); break;
    case 1: atomic_store(&place, round); break;
    case 2: place = round; break;
    case 3: atomic_fetch_add_explicit(&place, 1, memory_order_release); break;
    case 4: atomic_exchange_explicit(&place, round, memory_order_acq_rel); break;
    case 5: ++place; break;
  }
}

static int get(int way) {
  switch (way) {
    case 0: return atomic_load_explicit(&place, memory_order_consume);
    case 1: return atomic_load_explicit(&place, memory_order_acquire);
    case 2: return atomic_load(&place);
    case 3: return atomic_fetch_or_explicit(&place, 0, memory_order_acquire);
    case 4: return atomic_fetch_add_explicit(&place, 0, memory_order_acq_rel);
    default: return place;
  }
}

static void* send(void* unused) {
  for (int round = 1; round <= kRounds; ++round) {
    message[round] = round;
    put((round - 1) / kWays, round);
    invisiblePass(&turns);
    invisibleAwait(&turns, 2 * round);
  }
  return unused;
}

int main(void) {
  pthread_t sender;
  int sum = 0;
  pthread_create(&sender, NULL, send, NULL);
  for (int round = 1; round <= kRounds; ++round) {
    invisibleAwait(&turns, 2 * round - 1);
    if (get((round - 1) % kWays) == round) sum += message[round];
    invisiblePass(&turns);
  }
  pthread_join(sender, NULL);
  printf("%d\n", sum);
  return 0;
}
