// Intent: fibers that the program announces share data in turns, on one thread and after a move to another.
// Expect: silent
// Primitive: snag_fiber_*
#include <cstdio>
#include <thread>

// As snag/snag.h has them. Weak, because the program is also built without them.
extern "C" {
void* snag_fiber_current() __attribute__((weak));
void* snag_fiber_create() __attribute__((weak));
void snag_fiber_switch_to(void* fiber, unsigned flags) __attribute__((weak));
void snag_fiber_destroy(void* fiber) __attribute__((weak));
void snag_fiber_set_name(void* fiber, const char* name) __attribute__((weak));
}

int shared = 0;

int main() {
  if (!snag_fiber_create) return !std::puts("1\n2");
  void* first = snag_fiber_current();
  void* fiber = snag_fiber_create();
  snag_fiber_set_name(fiber, "worker");
  snag_fiber_switch_to(fiber, 0);
  shared = 1;  // RACE-WRITE
  snag_fiber_switch_to(first, 0);
  std::printf("%d\n", shared);  // RACE-READ

  std::thread other([&] {
    void* here = snag_fiber_current();
    snag_fiber_switch_to(fiber, 0);
    shared += 1;
    snag_fiber_switch_to(here, 0);
  });
  other.join();
  snag_fiber_destroy(fiber);
  std::printf("%d\n", shared);
}
