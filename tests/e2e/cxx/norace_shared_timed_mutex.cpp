// Intent: readers and writers of a shared_timed_mutex, with and without time limits, in every direction.
// Primitive: std::shared_timed_mutex
// Libraries: libstdc++ libc++
// Expect: silent
#include <chrono>
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "invisible.h"

using namespace std::chrono_literals;

std::shared_timed_mutex mutex;
int cache = 0;
InvisibleTurns turns;

// Each turn belongs to one thread, which takes the lock in the way that comes next.
int visit(int turn) {
  int seen = 0;
  bool writes = turn % 2 == 0;
  invisibleAwait(&turns, turn);
  if (turn % 8 == 0) mutex.lock();
  if (turn % 8 == 1) mutex.lock_shared();
  if (turn % 8 == 2 && !mutex.try_lock_for(60s)) return -1;
  if (turn % 8 == 3 && !mutex.try_lock_shared_for(60s)) return -1;
  if (turn % 8 == 4 && !mutex.try_lock()) return -1;
  if (turn % 8 == 5 && !mutex.try_lock_shared()) return -1;
  if (turn % 8 == 6 && !mutex.try_lock_until(std::chrono::steady_clock::now() + 60s)) return -1;
  if (turn % 8 == 7 && !mutex.try_lock_shared_until(std::chrono::system_clock::now() + 60s)) return -1;
  if (writes) cache += turn;
  seen = cache;
  writes ? mutex.unlock() : mutex.unlock_shared();
  invisiblePass(&turns);
  return seen;
}

int main() {
  int seen = 0;
  std::thread other([] {
    for (int turn = 1; turn < 60; turn += 2) visit(turn);
  });
  for (int turn = 0; turn < 60; turn += 2) seen += visit(turn);
  other.join();
  std::printf("%d\n", seen);
}
