// Intent: Dekker's algorithm with relaxed flags and no fences: both sides are ordered by nothing.
// Primitive: fences: Dekker
// Libraries: libstdc++ libc++
// Expect: data race|lost update on 'count' at ADD, ADD
// Reference: does not know fences
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

std::atomic<bool> wants[2];
std::atomic<int> turn{0};
int count = 0;
InvisibleTurns turns;

void enter(int self) {
  wants[self].store(true, std::memory_order_relaxed);
  while (wants[1 - self].load(std::memory_order_relaxed)) {
    if (turn.load(std::memory_order_relaxed) != self) {
      wants[self].store(false, std::memory_order_relaxed);
      while (turn.load(std::memory_order_relaxed) != self) std::this_thread::yield();
      wants[self].store(true, std::memory_order_relaxed);
    }
  }
}

void leave(int self) {
  turn.store(1 - self, std::memory_order_relaxed);
  wants[self].store(false, std::memory_order_relaxed);
}

int main() {
  auto work = [](int self) {
      if (self == 1) invisibleAwait(&turns, 1);
      enter(self);
      count += 1;  // RACE-ADD
      leave(self);
      if (self == 0) invisiblePass(&turns);
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  std::printf("%d\n", count);
}
