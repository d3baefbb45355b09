// Intent: try_lock_for gave up, and the program goes on as if it had the lock.
// Primitive: std::timed_mutex, std::recursive_timed_mutex
// Libraries: libstdc++ libc++
// Expect: data race on 'value' at WRITE, READ
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
    value = 1;  // RACE-WRITE
    recursive.lock();
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
    recursive.unlock();
    timed.unlock();
  });
  invisibleAwait(&turns, 1);
  bool mine = timed.try_lock_for(1ms);
  seen = value;  // RACE-READ
  if (mine) timed.unlock();
  invisiblePass(&turns);
  if (recursive.try_lock_until(std::chrono::steady_clock::now() + 60s)) {
    recursive.lock();
    recursive.unlock();
    recursive.unlock();
  }
  other.join();
  std::printf("%d %d\n", seen, mine);
}
