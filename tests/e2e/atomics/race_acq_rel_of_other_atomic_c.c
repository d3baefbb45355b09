// Intent: acq_rel read-modify-writes of two elements of an array of atomics order nothing.
// Expect: data race on 'message' at WRITE, READ
// Primitive: atomic acq_rel
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

int message = 0;
atomic_uint gates[2];
InvisibleTurns turns;
int seen = 0;

static void* send(void* unused) {
  message = 42;  // RACE-WRITE
  atomic_fetch_or_explicit(&gates[0], 1, memory_order_acq_rel);
  invisiblePass(&turns);
  return unused;
}

static void* receive(void* unused) {
  invisibleAwait(&turns, 1);
  if (atomic_fetch_or_explicit(&gates[1], 1, memory_order_acq_rel) == 0) seen = message;  // RACE-READ
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
