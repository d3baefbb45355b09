// Intent: the twin of race_after_other_critical_section: the other thread takes the lock once more before it reads.
// Expect: silent
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
  {
    std::lock_guard lock(mutex);
    after = 1;
  }
  invisiblePass(&turns);
}

void second() {
  invisibleAwait(&turns, 1);
  { std::lock_guard lock(mutex); }
  invisiblePass(&turns);
  invisibleAwait(&turns, 3);
  std::lock_guard lock(mutex);
  seen = after;
}

int main() {
  std::thread one(first);
  std::thread two(second);
  one.join();
  two.join();
  std::printf("%d\n", seen);
}
