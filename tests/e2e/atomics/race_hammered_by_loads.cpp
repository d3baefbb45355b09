// Intent: two threads hammer a location with loads; what a third publishes there is overwritten before they go on.
// Expect: data race on 'message' at WRITE, READ
// Primitive: atomic acquire and release
// Reference: remembers that repeated loads have nothing to learn
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

constexpr int kLoads = 300;
int message = 0;
std::atomic<int> published{0};
InvisibleTurns turns;
long sums[2];

void publish() {
  invisibleAwait(&turns, 2);
  message = 42;  // RACE-WRITE
  published.store(1, std::memory_order_release);
  invisiblePass(&turns);
}

void breakSequence() {
  invisibleAwait(&turns, 3);
  published.store(2, std::memory_order_relaxed);
  invisiblePass(&turns);
}

void hammer(long& sum) {
  for (int i = 0; i < kLoads; ++i) sum += published.load(std::memory_order_acquire);
}

void look(long& sum) {
  hammer(sum);
  invisiblePass(&turns);
  invisibleAwait(&turns, 4);
  hammer(sum);
  sum += message;  // RACE-READ
}

int main() {
  std::thread first([] { look(sums[0]); });
  std::thread second([] { look(sums[1]); });
  std::thread publisher(publish);
  std::thread breaker(breakSequence);
  first.join();
  second.join();
  publisher.join();
  breaker.join();
  std::printf("%ld %ld\n", sums[0], sums[1]);
}
