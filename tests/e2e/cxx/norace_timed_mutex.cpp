// Intent: timed_mutex and recursive_timed_mutex, with both forms of waiting.
// Primitive: std::timed_mutex, std::recursive_timed_mutex
// Libraries: libstdc++ libc++
// Expect: silent
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

using namespace std::chrono_literals;

std::timed_mutex timed;
std::recursive_timed_mutex recursive;
int value = 0;
InvisibleTurns turns;

int main() {
  int seen = 0;
  std::thread other([] {
    timed.lock();
    value = 1;
    recursive.lock();
    invisiblePass(&turns);
    timed.unlock();
    invisibleAwait(&turns, 2);
    recursive.unlock();
  });
  invisibleAwait(&turns, 1);
  bool mine = timed.try_lock_for(60s);
  seen = value;
  if (mine) timed.unlock();
  invisiblePass(&turns);
  if (recursive.try_lock_until(std::chrono::steady_clock::now() + 60s)) {
    recursive.lock();
    seen += value;
    recursive.unlock();
    recursive.unlock();
  }
  other.join();
  std::printf("%d %d\n", seen, mine);
}
