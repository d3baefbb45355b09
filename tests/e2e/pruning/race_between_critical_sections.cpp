// Intent: the thread comes back to its lock, but what it did while the lock was free was not released with the rest.
// Expect: data race on 'between' at BETWEEN, READ
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex mutex;
int between = 0;
int steps = 0;
int seen = 0;
InvisibleTurns turns;

void first() {
  { std::lock_guard lock(mutex); }
  between = 1;  // RACE-BETWEEN
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  std::lock_guard lock(mutex);
  ++steps;
}

void second() {
  invisibleAwait(&turns, 1);
  { std::lock_guard lock(mutex); }
  seen = between;  // RACE-READ
  invisiblePass(&turns);
}

int main() {
  std::thread one(first);
  std::thread two(second);
  one.join();
  two.join();
  std::printf("%d\n", seen);
}
