// Intent: mutex, lock_guard, unique_lock and try_lock protect a counter.
// Primitive: std::mutex, std::unique_lock, std::lock_guard
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex mutex;
int count = 0;
InvisibleTurns turns;

void add(int turn) {
  invisibleAwait(&turns, turn);
  {
    std::lock_guard<std::mutex> guard(mutex);
    count += 1;
  }
  invisiblePass(&turns);
}

int main() {
  std::thread other([] { add(0); });
  add(1);
  other.join();
  std::unique_lock<std::mutex> lock(mutex, std::defer_lock);
  if (lock.try_lock()) ++count;
  std::printf("%d\n", count);
}
