// Intent: release and acquire with atomics of 1, 2, 4, 8, 16 and 24 bytes: store, load, exchange, compare-exchange.
// Expect: silent
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
int there[6], back[6];
InvisibleTurns turns;

// Each message is written after the store of the size before, so that only the store of its own size can order it.
static void* send(void* unused) {
  there[0] = 1;
  atomic_store_explicit(&flag1, 1, memory_order_release);
  there[1] = 2;
  atomic_store_explicit(&flag2, 1, memory_order_release);
  there[2] = 4;
  atomic_store_explicit(&flag4, 1, memory_order_release);
  there[3] = 8;
  atomic_store_explicit(&flag8, 1, memory_order_release);
  there[4] = 16;
  atomic_store_explicit(&flag16, 1, memory_order_release);
  there[5] = 24;
  atomic_store_explicit(&flag24, ((struct Box){1, 1, 1}), memory_order_release);
  invisiblePass(&turns);
  return unused;
}

static int receive(void) {
  int sum = 0;
  if (atomic_load_explicit(&flag1, memory_order_acquire)) sum += there[0];
  if (atomic_load_explicit(&flag2, memory_order_acquire)) sum += there[1];
  if (atomic_load_explicit(&flag4, memory_order_acquire)) sum += there[2];
  if (atomic_load_explicit(&flag8, memory_order_acquire)) sum += there[3];
  if (atomic_load_explicit(&flag16, memory_order_acquire)) sum += there[4];
  struct Box box = atomic_load_explicit(&flag24, memory_order_acquire);
  if (box.color) sum += there[5];
  return sum;
}

static void answer(void) {
  back[0] = 1;
  atomic_exchange_explicit(&flag1, 2, memory_order_release);
  back[1] = 2;
  atomic_exchange_explicit(&flag2, 2, memory_order_release);
  back[2] = 4;
  atomic_exchange_explicit(&flag4, 2, memory_order_release);
  back[3] = 8;
  atomic_exchange_explicit(&flag8, 2, memory_order_release);
  back[4] = 16;
  atomic_exchange_explicit(&flag16, 2, memory_order_release);
  back[5] = 24;
  atomic_exchange_explicit(&flag24, ((struct Box){2, 2, 2}), memory_order_release);
}

static void* hear(void* argument) {
  int* sum = argument;
  uint8_t old1 = 2;
  uint16_t old2 = 2;
  uint32_t old4 = 2;
  uint64_t old8 = 2;
  unsigned __int128 old16 = 2;
  struct Box old24 = {2, 2, 2};
  invisibleAwait(&turns, 2);
  if (atomic_compare_exchange_strong(&flag1, &old1, 3)) *sum += back[0];
  if (atomic_compare_exchange_strong(&flag2, &old2, 3)) *sum += back[1];
  if (atomic_compare_exchange_strong(&flag4, &old4, 3)) *sum += back[2];
  if (atomic_compare_exchange_strong(&flag8, &old8, 3)) *sum += back[3];
  if (atomic_compare_exchange_strong(&flag16, &old16, 3)) *sum += back[4];
  if (atomic_compare_exchange_strong(&flag24, &old24, ((struct Box){3, 3, 3}))) *sum += back[5];
  return NULL;
}

int main(void) {
  pthread_t sender, hearer;
  int heard = 0;
  pthread_create(&sender, NULL, send, NULL);
  pthread_create(&hearer, NULL, hear, &heard);
  invisibleAwait(&turns, 1);
  int received = receive();
  answer();
  invisiblePass(&turns);
  pthread_join(sender, NULL);
  pthread_join(hearer, NULL);
  printf("%d %d\n", received, heard);
  return 0;
}
