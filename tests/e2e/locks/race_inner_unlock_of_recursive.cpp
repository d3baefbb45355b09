// Intent: a thread writes after it has unlocked a recursive mutex completely; the other one had the lock.
// Expect: lost update on 'counter' at LATE, LOCKED
// Primitive: std::recursive_mutex
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

int counter = 0;
std::recursive_mutex counterMutex;
InvisibleTurns turns;

void addTooLate() {
  counterMutex.lock();
  counterMutex.lock();
  counterMutex.unlock();
  counterMutex.unlock();
  counter += 1;  // RACE-LATE
}

void addLocked() {
  std::lock_guard<std::recursive_mutex> lock(counterMutex);
  counter += 1;  // RACE-LOCKED
}

int main() {
  std::thread first([] {
    addTooLate();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    addLocked();
  });
  first.join();
  second.join();
  std::printf("%d\n", counter);
}
