// Intent: a relaxed store of 1, 2, 4, 8, 16 or 24 bytes publishes nothing: one race for each size.
// Expect: data race on 'by1' at WRITE1, READ1
// Expect: data race on 'by2' at WRITE2, READ2
// Expect: data race on 'by4' at WRITE4, READ4
// Expect: data race on 'by8' at WRITE8, READ8
// Expect: data race on 'by16' at WRITE16, READ16
// Expect: data race on 'by24' at WRITE24, READ24
// Primitive: atomic 1 byte, atomic 2 bytes, atomic 4 bytes
// Primitive: atomic 8 bytes, atomic 16 bytes, atomic larger than 16 bytes
// Flags: -latomic -Wno-atomic-alignment
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

#include "invisible.h"

struct Box {
  long low, high, color;
};

_Atomic uint8_t flag1;
_Atomic uint16_t flag2;
_Atomic uint32_t flag4;
_Atomic uint64_t flag8;
_Atomic unsigned __int128 flag16;
_Atomic struct Box flag24;
int by1, by2, by4, by8, by16, by24;
InvisibleTurns turns;

static void* send(void* unused) {
  struct Box box = {1, 1, 1};
  by1 = 1;  // RACE-WRITE1
  atomic_store_explicit(&flag1, 1, memory_order_relaxed);
  by2 = 2;  // RACE-WRITE2
  atomic_store_explicit(&flag2, 1, memory_order_relaxed);
  by4 = 4;  // RACE-WRITE4
  atomic_store_explicit(&flag4, 1, memory_order_relaxed);
  by8 = 8;  // RACE-WRITE8
  atomic_store_explicit(&flag8, 1, memory_order_relaxed);
  by16 = 16;  // RACE-WRITE16
  atomic_store_explicit(&flag16, 1, memory_order_relaxed);
  by24 = 24;  // RACE-WRITE24
  atomic_store_explicit(&flag24, box, memory_order_relaxed);
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  int sum = 0;
  pthread_create(&thread, NULL, send, NULL);
  invisibleAwait(&turns, 1);
  if (atomic_load_explicit(&flag1, memory_order_acquire)) sum += by1;    // RACE-READ1
  if (atomic_load_explicit(&flag2, memory_order_acquire)) sum += by2;    // RACE-READ2
  if (atomic_load_explicit(&flag4, memory_order_acquire)) sum += by4;    // RACE-READ4
  if (atomic_load_explicit(&flag8, memory_order_acquire)) sum += by8;    // RACE-READ8
  if (atomic_load_explicit(&flag16, memory_order_acquire)) sum += by16;  // RACE-READ16
  struct Box box = atomic_load_explicit(&flag24, memory_order_acquire);
  if (box.color) sum += by24;  // RACE-READ24
  pthread_join(thread, NULL);
  printf("%d\n", sum);
  return 0;
}
