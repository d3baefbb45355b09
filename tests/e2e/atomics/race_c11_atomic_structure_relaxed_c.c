// Intent: a C11 _Atomic structure is replaced with a relaxed store.
// Primitive: C11 _Atomic, atomic larger than 16 bytes
// Flags: -latomic -Wno-atomic-alignment
// Expect: data race on 'message' at WRITE, READ
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

struct Point {
  int x, y;
};
struct Box {
  long low, high, color;
};
_Atomic struct Point point;
_Atomic struct Box box;
int message;
InvisibleTurns turns;

static void* send(void* unused) {
  struct Point next = {1, 2};
  struct Box large = {1, 2, 3};
  message = 1;  // RACE-WRITE
  atomic_store_explicit(&point, next, memory_order_relaxed);
  atomic_store_explicit(&box, large, memory_order_relaxed);
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, send, NULL);
  invisibleAwait(&turns, 1);
  struct Box seen = box;
  int sum = (int)seen.color;
  if (sum == 3) sum += message;  // RACE-READ
  struct Point other = {3, 4};
  struct Point last = atomic_exchange(&point, other);
  pthread_join(thread, NULL);
  printf("%d %d\n", sum, last.y);
  return 0;
}
