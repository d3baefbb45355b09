// Intent: a thread holds a thousand locks; another takes the last and then the first of them.
// Expect: lock-order inversion on '*' at LATER, EARLIER
// Primitive: lock order
// Reference: gives up at 64 locks held
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

constexpr int kLocks = 1000;
std::mutex mutexes[kLocks];
InvisibleTurns turns;

void takeAll() {
  for (int i = 0; i < kLocks; ++i) mutexes[i].lock();  // RACE-EARLIER
  for (int i = kLocks; i-- > 0;) mutexes[i].unlock();
}

int main() {
  std::thread first([] {
    takeAll();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    std::lock_guard<std::mutex> last(mutexes[kLocks - 1]);
    std::lock_guard<std::mutex> one(mutexes[0]);  // RACE-LATER
  });
  first.join();
  second.join();
  std::printf("done\n");
}
