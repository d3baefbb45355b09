// Intent: a fiber of Boost.Context, announced with snag_fiber_*, moves between two threads that take turns under a lock.
// Expect: silent
// Primitive: Boost.Context
// Flags: -lboost_context
#include <boost/context/fiber.hpp>
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

// As snag/snag.h has them. Weak, because the program is also built without them.
extern "C" {
void* snag_fiber_current() __attribute__((weak));
void* snag_fiber_create() __attribute__((weak));
void snag_fiber_switch_to(void* fiber, unsigned flags) __attribute__((weak));
void snag_fiber_destroy(void* fiber) __attribute__((weak));
}

namespace context = boost::context;

InvisibleTurns turns;
int shared = 0;

// A Boost fiber and what Snag knows of it.
struct Flow {
  context::fiber fiber;
  void* own = snag_fiber_create ? snag_fiber_create() : nullptr;
  void* caller = nullptr;

  Flow() : fiber([this](context::fiber&& back) {
    for (int i = 1; i <= 2; ++i) {
      shared += i;
      if (snag_fiber_switch_to) snag_fiber_switch_to(caller, 0);
      back = std::move(back).resume();
    }
    if (snag_fiber_switch_to) snag_fiber_switch_to(caller, 0);
    return std::move(back);
  }) {}
  void resume() {
    if (snag_fiber_switch_to) {
      caller = snag_fiber_current();
      snag_fiber_switch_to(own, 0);
    }
    fiber = std::move(fiber).resume();
  }
  ~Flow() {
    while (fiber) resume();
    if (snag_fiber_destroy) snag_fiber_destroy(own);
  }
};

int main() {
  Flow flow;
  std::mutex mutex;
  std::thread other([&] {
    std::lock_guard<std::mutex> guard(mutex);
    flow.resume();
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  {
    std::lock_guard<std::mutex> guard(mutex);
    flow.resume();
    std::printf("%d\n", shared);
  }
  other.join();
}
