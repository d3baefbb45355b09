// Intent: two fibers that the program announces fill a table in turns, on one thread and then on another.
// Expect: silent
// Primitive: snag_fiber_*
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

#include "../../../runtime/include/snag/snag.h"

enum { kCells = 10 };
int cells[kCells], filled = 0;
static void* fibers[2];

// The program is also built without Snag, and its functions are weak.
static void* makeFiber(const char* name) {
  if (!snag_fiber_create) return NULL;
  void* fiber = snag_fiber_create();
  snag_fiber_set_name(fiber, name);
  return fiber;
}

static void switchTo(void* fiber) {
  if (snag_fiber_switch_to) snag_fiber_switch_to(fiber, 0);
}

static void* fillHalf(void* unused) {
  void* own = snag_fiber_current ? snag_fiber_current() : NULL;
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
    if (snag_fiber_destroy) snag_fiber_destroy(fibers[i]);
  printf("%d %d\n", filled, cells[filled - 1]);
  return 0;
}
