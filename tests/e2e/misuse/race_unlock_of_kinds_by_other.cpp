// Intent: one thread locks a timed_mutex and a shared_mutex, another one unlocks them.
// Expect: mutex misuse: unlock of another thread's mutex on 'timed' at TIMED-UNLOCK, TIMED-LOCK
// Expect: mutex misuse: unlock of another thread's mutex on 'table' at TABLE-UNLOCK, TABLE-LOCK
// Primitive: std::timed_mutex, std::shared_mutex, unlock of a foreign mutex
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "invisible.h"

std::timed_mutex timed;
std::shared_mutex table;
InvisibleTurns turns;

int main() {
  std::thread owner([] {
    timed.lock();      // RACE-TIMED-LOCK
    table.lock();      // RACE-TABLE-LOCK
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  });
  invisibleAwait(&turns, 1);
  table.unlock();      // RACE-TABLE-UNLOCK
  timed.unlock();      // RACE-TIMED-UNLOCK
  invisiblePass(&turns);
  owner.join();
  std::printf("done\n");
}
