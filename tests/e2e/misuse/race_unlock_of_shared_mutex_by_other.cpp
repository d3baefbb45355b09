// Intent: one thread locks shared mutexes for writing, another one unlocks them, as a writer and as a reader would.
// Expect: mutex misuse: unlock of another thread's mutex on 'table' at TABLE-UNLOCK, TABLE-LOCK
// Expect: mutex misuse: unlock of another thread's mutex on 'list' at LIST-UNLOCK, LIST-LOCK
// Libraries: libstdc++ libc++
// Primitive: std::shared_mutex, unlock of a foreign mutex
#include <cstdio>
#include <shared_mutex>
#include <thread>

#include "invisible.h"

std::shared_mutex table, list;
InvisibleTurns turns;

int main() {
  std::thread owner([] {
    table.lock();        // RACE-TABLE-LOCK
    list.lock();         // RACE-LIST-LOCK
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  });
  invisibleAwait(&turns, 1);
  table.unlock();        // RACE-TABLE-UNLOCK
  list.unlock_shared();  // RACE-LIST-UNLOCK
  invisiblePass(&turns);
  owner.join();
  std::printf("done\n");
}
