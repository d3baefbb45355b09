// Intent: Dekker's algorithm with sequentially consistent fences between store and load.
// Primitive: fences: Dekker
// Libraries: libstdc++ libc++
// Expect: silent
// Reference: does not know fences
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

std::atomic<bool> wants[2];
std::atomic<int> turn{0};
int count = 0;

void enter(int self) {
  wants[self].store(true, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_seq_cst);
  while (wants[1 - self].load(std::memory_order_relaxed)) {
    if (turn.load(std::memory_order_relaxed) != self) {
      wants[self].store(false, std::memory_order_relaxed);
      while (turn.load(std::memory_order_relaxed) != self) std::this_thread::yield();
      wants[self].store(true, std::memory_order_relaxed);
      std::atomic_thread_fence(std::memory_order_seq_cst);
    }
  }
  std::atomic_thread_fence(std::memory_order_acquire);
}

void leave(int self) {
  turn.store(1 - self, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  wants[self].store(false, std::memory_order_relaxed);
}

int main() {
  auto work = [](int self) {
    for (int i = 0; i < 200; ++i) {
      enter(self);
      count += 1;
      leave(self);
    }
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  std::printf("%d\n", count);
}
