// Intent: the guard ends before the last write.
// Primitive: std::mutex, std::unique_lock, std::lock_guard
// Libraries: libstdc++ libc++
// Expect: lost update on 'count' at ADD, ADD
// Allow: data race on 'count' at ADD, ADD
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
  }
  count += 1;  // RACE-ADD
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
