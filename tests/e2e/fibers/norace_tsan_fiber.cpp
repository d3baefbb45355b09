// Intent: fibers that the program announces share data in turns, on one thread and after a move to another.
// Expect: silent
// Primitive: __tsan_*_fiber
#include <cstdio>
#include <thread>

// As <sanitizer/tsan_interface.h> has them. Weak, because the program is also built without them.
extern "C" {
void* __tsan_get_current_fiber() __attribute__((weak));
void* __tsan_create_fiber(unsigned flags) __attribute__((weak));
void __tsan_destroy_fiber(void* fiber) __attribute__((weak));
void __tsan_switch_to_fiber(void* fiber, unsigned flags) __attribute__((weak));
void __tsan_set_fiber_name(void* fiber, const char* name) __attribute__((weak));
}

int shared = 0;

int main() {
  if (!__tsan_create_fiber) return !std::puts("1\n2");
  void* first = __tsan_get_current_fiber();
  void* fiber = __tsan_create_fiber(0);
  __tsan_set_fiber_name(fiber, "worker");
  __tsan_switch_to_fiber(fiber, 0);
  shared = 1;  // RACE-WRITE
  __tsan_switch_to_fiber(first, 0);
  std::printf("%d\n", shared);  // RACE-READ

  std::thread other([&] {
    void* here = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(fiber, 0);
    shared += 1;
    __tsan_switch_to_fiber(here, 0);
  });
  other.join();
  __tsan_destroy_fiber(fiber);
  std::printf("%d\n", shared);
}
