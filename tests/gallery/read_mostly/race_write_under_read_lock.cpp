// Intent: a thread writes while it holds the lock for reading only, as other threads may at the same time.
// Expect: lost update on 'hits' at WRITE, WRITE
// Primitive: std::shared_mutex
#include <cstdio>
#include <shared_mutex>
#include <thread>

#include "invisible.h"

std::shared_mutex tableMutex;
int hits = 0;
InvisibleTurns turns;

void countHit() {
  hits += 1;  // RACE-WRITE
}

int main() {
  std::thread first([] {
    std::shared_lock<std::shared_mutex> lock(tableMutex);
    countHit();
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    std::shared_lock<std::shared_mutex> lock(tableMutex);
    countHit();
    invisiblePass(&turns);
  });
  first.join();
  second.join();
  std::printf("%d\n", hits);
}
