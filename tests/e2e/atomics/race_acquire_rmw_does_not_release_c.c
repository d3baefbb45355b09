// Intent: an atomic_exchange with acquire order hands nothing over.
// Expect: data race on 'message' at WRITE, READ
// Primitive: atomic acquire and release
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "invisible.h"

int message = 0;
atomic_bool full = false;
InvisibleTurns turns;
int seen = 0;

static void* send(void* unused) {
  message = 42;  // RACE-WRITE
  atomic_exchange_explicit(&full, true, memory_order_acquire);
  invisiblePass(&turns);
  return unused;
}

static void* receive(void* unused) {
  invisibleAwait(&turns, 1);
  if (atomic_load_explicit(&full, memory_order_acquire)) seen = message;  // RACE-READ
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
