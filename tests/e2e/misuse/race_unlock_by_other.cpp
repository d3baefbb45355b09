// Intent: one thread locks, another one unlocks.
// Expect: mutex misuse: unlock of another thread's mutex on 'mutex' at UNLOCK, LOCK
// Primitive: std::mutex, unlock of a foreign mutex
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex mutex;
InvisibleTurns turns;

int main() {
  std::thread owner([] {
    mutex.lock();  // RACE-LOCK
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  });
  invisibleAwait(&turns, 1);
  mutex.unlock();  // RACE-UNLOCK
  invisiblePass(&turns);
  owner.join();
  std::printf("done\n");
}
