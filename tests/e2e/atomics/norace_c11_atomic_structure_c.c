// Intent: C11 _Atomic structures of 8 and 24 bytes, read and replaced as a whole.
// Primitive: C11 _Atomic
// Flags: -latomic -Wno-atomic-alignment
// Expect: silent
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
  message = 1;
  atomic_store_explicit(&point, next, memory_order_relaxed);
  atomic_store_explicit(&box, large, memory_order_release);
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, send, NULL);
  invisibleAwait(&turns, 1);
  struct Box seen = box;
  int sum = (int)seen.color;
  if (sum == 3) sum += message;
  struct Point other = {3, 4};
  struct Point last = atomic_exchange(&point, other);
  pthread_join(thread, NULL);
  printf("%d %d\n", sum, last.y);
  return 0;
}
