// Intent: in C, too, an acquire load learns nothing from a relaxed store.
// Expect: data race on 'message' at WRITE, READ
// Primitive: atomic relaxed, atomic 4 bytes
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

int message = 0;
atomic_int flag = 0;
InvisibleTurns turns;
int seen = 0;

static void* send(void* unused) {
  message = 42;  // RACE-WRITE
  atomic_store_explicit(&flag, 1, memory_order_relaxed);
  invisiblePass(&turns);
  return unused;
}

static void* receive(void* unused) {
  invisibleAwait(&turns, 1);
  if (atomic_load_explicit(&flag, memory_order_acquire) == 1) seen = message;  // RACE-READ
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
