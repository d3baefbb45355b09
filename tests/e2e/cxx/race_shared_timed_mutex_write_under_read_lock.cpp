// Intent: a thread writes while it holds the shared_timed_mutex for reading only.
// Primitive: std::shared_timed_mutex
// Libraries: libstdc++ libc++
// Expect: data race on 'cache' at WRITE, READ
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
  if (turn == 1) cache = 1;  // RACE-WRITE
  if (turn == 9) seen = cache;  // RACE-READ
  writes ? mutex.unlock() : mutex.unlock_shared();
  invisiblePass(&turns);
  return seen;
}

int main() {
  int seen = 0;
  std::thread other([] {
    visit(1);
  });
  visit(0);
  invisibleAwait(&turns, 2);
  invisiblePass(&turns);
  for (int turn = 3; turn < 9; ++turn) invisiblePass(&turns);
  seen = visit(9);
  other.join();
  std::printf("%d\n", seen);
}
