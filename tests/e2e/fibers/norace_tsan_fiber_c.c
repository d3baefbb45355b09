// Intent: fibers announced with ThreadSanitizer's functions fill a table in turns, on one thread and then another.
// Expect: silent
// Primitive: __tsan_*_fiber
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

#include "tsan_fiber_c.h"

enum { kCells = 10 };
int cells[kCells], filled = 0;
static void* fibers[2];

static void* makeFiber(const char* name) {
  if (!__tsan_create_fiber) return NULL;
  void* fiber = __tsan_create_fiber(0);
  __tsan_set_fiber_name(fiber, name);
  return fiber;
}

static void switchTo(void* fiber) {
  if (__tsan_switch_to_fiber) __tsan_switch_to_fiber(fiber, 0);
}

static void* fillHalf(void* unused) {
  void* own = __tsan_get_current_fiber ? __tsan_get_current_fiber() : NULL;
  for (int i = 0; i < kCells / 2; ++i) {
    switchTo(fibers[i % 2]);
    cells[filled] = filled > 0 ? cells[filled - 1] + i : 1;
    filled += 1;
  }
  switchTo(own);
  return unused;
}

int main(void) {
  pthread_t other;
  fibers[0] = makeFiber("even");
  fibers[1] = makeFiber("odd");
  fillHalf(NULL);
  printf("%d %d\n", filled, cells[filled - 1]);
  pthread_create(&other, NULL, fillHalf, NULL);
  pthread_join(other, NULL);
  for (int i = 0; i < 2; ++i)
    if (__tsan_destroy_fiber) __tsan_destroy_fiber(fibers[i]);
  printf("%d %d\n", filled, cells[filled - 1]);
  return 0;
}
