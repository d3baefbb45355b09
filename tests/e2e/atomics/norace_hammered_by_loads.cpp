// Intent: two threads hammer a location with loads while a third publishes through it.
// Expect: silent
// Primitive: atomic acquire and release
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

constexpr int kMessages = 300;
int messages[kMessages + 1];
std::atomic<int> published{0};
InvisibleTurns turns;
long sums[2];

void publish() {
  invisibleAwait(&turns, 2);  // both are at it
  for (int i = 1; i <= kMessages; ++i) {
    messages[i] = i;
    published.store(i, std::memory_order_release);
  }
}

void hammer(long& sum) {
  int next = 1;
  for (int loads = 0; next <= kMessages; ++loads) {
    if (loads == 100) invisiblePass(&turns);
    for (const int last = published.load(std::memory_order_acquire); next <= last; ++next) sum += messages[next];
  }
}

int main() {
  std::thread first([] { hammer(sums[0]); });
  std::thread second([] { hammer(sums[1]); });
  publish();
  first.join();
  second.join();
  std::printf("%ld %ld\n", sums[0], sums[1]);
}
