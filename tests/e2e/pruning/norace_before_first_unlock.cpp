// Intent: the twin of race_between_critical_sections: what the other reads was written before the lock was given back.
// Expect: silent
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex mutex;
int before = 0;
int steps = 0;
int seen = 0;
InvisibleTurns turns;

void first() {
  {
    std::lock_guard lock(mutex);
    before = 1;
  }
  ++steps;
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  std::lock_guard lock(mutex);
  ++steps;
}

void second() {
  invisibleAwait(&turns, 1);
  { std::lock_guard lock(mutex); }
  seen = before;
  invisiblePass(&turns);
}

int main() {
  std::thread one(first);
  std::thread two(second);
  one.join();
  two.join();
  std::printf("%d\n", seen);
}
