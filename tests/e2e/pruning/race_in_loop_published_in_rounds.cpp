// Intent: each round publishes its element; the last, published too late, races: the loop is not one check.
// Expect: data race on 'items' at READ, WRITE
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

constexpr int kItems = 100;
int items[kItems];
int seen = 0;
std::atomic<int> done{0};
InvisibleTurns turns;

void produce() {
  for (int i = 0; i < kItems; ++i) {
    items[i] = i;  // RACE-WRITE
    if (i < kItems - 1) done.store(i + 1, std::memory_order_release);
  }
}

void consume() {
  while (done.load(std::memory_order_acquire) < kItems - 1) {
  }
  seen = items[0] + items[kItems - 2];
  seen += items[kItems - 1];  // RACE-READ
}

int main() {
  std::thread first([] {
    produce();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    consume();
  });
  first.join();
  second.join();
  std::printf("%d\n", seen);
}
