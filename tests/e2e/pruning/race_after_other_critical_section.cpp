// Intent: another thread held the lock in between, so what comes after it belongs to a new segment.
// Expect: data race on 'after' at AFTER, READ
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex mutex;
int after = 0;
int steps = 0;
int seen = 0;
InvisibleTurns turns;

void first() {
  {
    std::lock_guard lock(mutex);
    ++steps;
  }
  ++steps;
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  std::lock_guard lock(mutex);
  after = 1;  // RACE-AFTER
  invisiblePass(&turns);
  invisibleAwait(&turns, 4);
}

void second() {
  invisibleAwait(&turns, 1);
  { std::lock_guard lock(mutex); }
  invisiblePass(&turns);
  invisibleAwait(&turns, 3);
  seen = after;  // RACE-READ
  invisiblePass(&turns);
}

int main() {
  std::thread one(first);
  std::thread two(second);
  one.join();
  two.join();
  std::printf("%d\n", seen);
}
