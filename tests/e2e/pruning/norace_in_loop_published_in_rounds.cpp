// Intent: the twin of race_in_loop_published_in_rounds: the last round is published as well.
// Expect: silent
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
    items[i] = i;
    done.store(i + 1, std::memory_order_release);
  }
}

void consume() {
  while (done.load(std::memory_order_acquire) < kItems) {
  }
  seen = items[0] + items[kItems - 2];
  seen += items[kItems - 1];
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
