// Intent: message passing with relaxed operations and a fence on either side, also through a second flag.
// Primitive: fences: message passing
// Libraries: libstdc++ libc++
// Expect: silent
// Reference: does not know fences
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
std::atomic<int> flag{0}, relay{0};
InvisibleTurns turns;

int main() {
  int seen = 0;
  std::thread sender([] {
    message = 1;
    std::atomic_thread_fence(std::memory_order_release);
    flag.store(1, std::memory_order_relaxed);
    invisiblePass(&turns);
  });
  std::thread between([] {
    invisibleAwait(&turns, 1);
    if (flag.load(std::memory_order_relaxed) != 1) return;
    std::atomic_thread_fence(std::memory_order_acq_rel);
    relay.store(1, std::memory_order_relaxed);
    invisiblePass(&turns);
  });
  std::thread receiver([&seen] {
    invisibleAwait(&turns, 2);
    if (relay.load(std::memory_order_relaxed) != 1) return;
    std::atomic_thread_fence(std::memory_order_acquire);
    seen = message;
  });
  sender.join();
  between.join();
  receiver.join();
  std::printf("%d\n", seen);
}
