// Two real threads that do their steps as simultaneously as the machine can make it.
#ifndef SNAG_TESTS_UNIT_CORE_TOGETHER_H
#define SNAG_TESTS_UNIT_CORE_TOGETHER_H

#include <atomic>
#include <cstddef>
#include <thread>

namespace snag {

// Both run `count` steps in lockstep: step(who, index), who 0 on this thread and 1 on another.
template <typename Step>
void together(size_t count, Step step) {
  std::atomic<size_t> arrived{0};
  const auto run = [&](int who) {
    for (size_t i = 0; i < count; ++i) {
      arrived.fetch_add(1);
      for (unsigned spins = 0; arrived.load() < 2 * (i + 1); ++spins)
        if (spins > 200) std::this_thread::yield();
      step(who, i);
    }
  };
  std::thread other(run, 1);
  run(0);
  other.join();
}

}  // namespace snag

#endif  // SNAG_TESTS_UNIT_CORE_TOGETHER_H
