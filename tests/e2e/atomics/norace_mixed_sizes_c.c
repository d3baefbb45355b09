// Intent: a release store of four bytes is read back by an acquire load of two of them, and one byte by all four.
// Expect: silent
// Primitive: atomic mixed sizes
// Reference: knows an atomic only by its first address
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
  message = 1;
  atomic_store_explicit(&mixed.whole, 0x01010101, memory_order_release);
  invisiblePass(&turns);
  return unused;
}

static void* pass(void* unused) {
  invisibleAwait(&turns, 1);
  if (atomic_load_explicit(&mixed.halves[1], memory_order_acquire) == 0x0101) seen = message;
  message = 2;
  atomic_store_explicit(&mixed.bytes[2], 7, memory_order_release);
  invisiblePass(&turns);
  return unused;
}

static void* receive(void* unused) {
  invisibleAwait(&turns, 2);
  if (atomic_load_explicit(&mixed.whole, memory_order_acquire) == 0x01070101) seen += message;
  return unused;
}

int main(void) {
  void* (*const works[3])(void*) = {send, pass, receive};
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) pthread_create(&threads[i], NULL, works[i], NULL);
  for (int i = 0; i < 3; ++i) pthread_join(threads[i], NULL);
  printf("%d\n", seen);
  return 0;
}
