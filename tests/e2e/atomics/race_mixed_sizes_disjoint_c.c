// Intent: an atomic store of one half of a word says nothing to who loads a byte of the other half.
// Expect: data race on 'message' at WRITE, READ
// Primitive: atomic mixed sizes
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

#include "invisible.h"

union Mixed {
  _Atomic uint32_t whole;
  _Atomic uint16_t halves[2];
  _Atomic uint8_t bytes[4];
} mixed;
int message = 0;
InvisibleTurns turns;
int seen = 0;

static void* send(void* unused) {
  message = 1;  // RACE-WRITE
  atomic_store_explicit(&mixed.halves[0], 0x0101, memory_order_release);
  invisiblePass(&turns);
  return unused;
}

static void* receive(void* unused) {
  invisibleAwait(&turns, 1);
  if (atomic_load_explicit(&mixed.bytes[2], memory_order_acquire) == 0) seen = message;  // RACE-READ
  return unused;
}

int main(void) {
  pthread_t sender, receiver;
  pthread_create(&sender, NULL, send, NULL);
  pthread_create(&receiver, NULL, receive, NULL);
  pthread_join(sender, NULL);
  pthread_join(receiver, NULL);
  printf("%d %#x\n", seen, (unsigned)mixed.whole);
  return 0;
}
