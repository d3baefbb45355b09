// Intent: a slot is claimed with compare-exchange; the claim fails, so its release order publishes nothing.
// Expect: data race on 'message' at WRITE, READ
// Primitive: compare-exchange
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

enum { kFree, kFilled, kClosed };

int message = 0;
atomic_int slot = kClosed;
InvisibleTurns turns;
int seen = 0;

static void* send(void* unused) {
  message = 42;  // RACE-WRITE
  int expected = kFree;
  atomic_compare_exchange_strong_explicit(&slot, &expected, kFilled, memory_order_release, memory_order_relaxed);
  invisiblePass(&turns);
  return unused;
}

static void* receive(void* unused) {
  invisibleAwait(&turns, 1);
  if (atomic_load_explicit(&slot, memory_order_acquire) != kFree) seen = message;  // RACE-READ
  return unused;
}

int main(void) {
  pthread_t sender, receiver;
  pthread_create(&sender, NULL, send, NULL);
  pthread_create(&receiver, NULL, receive, NULL);
  pthread_join(sender, NULL);
  pthread_join(receiver, NULL);
  printf("%d\n", seen);
  return 0;
}
