// Intent: each thread takes a lock, but not the same one.
// Expect: lost update on 'counter' at ADD, ADD
// Primitive: std::mutex
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

int counter = 0;
std::mutex oneMutex, otherMutex;
InvisibleTurns turns;

void addUnder(std::mutex& mutex) {
  std::lock_guard<std::mutex> lock(mutex);
  counter += 1;  // RACE-ADD
}

int main() {
  std::thread first([] {
    addUnder(oneMutex);
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    addUnder(otherMutex);
  });
  first.join();
  second.join();
  std::printf("%d\n", counter);
}
