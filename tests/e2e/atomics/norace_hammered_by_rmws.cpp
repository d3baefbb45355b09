// Intent: two threads hammer a location with read-modify-writes that release nothing while a third stores to it.
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

// One learns at once, the other by a fence.
template <std::memory_order order>
void hammer(long& sum) {
  int next = 1;
  for (int operations = 0; next <= kMessages; ++operations) {
    if (operations == 100) invisiblePass(&turns);
    const int last = published.fetch_or(0, order);
    if (next <= last && order == std::memory_order_relaxed) std::atomic_thread_fence(std::memory_order_acquire);
    for (; next <= last; ++next) sum += messages[next];
  }
}

int main() {
  std::thread first([] { hammer<std::memory_order_acquire>(sums[0]); });
  std::thread second([] { hammer<std::memory_order_relaxed>(sums[1]); });
  publish();
  first.join();
  second.join();
  std::printf("%ld %ld\n", sums[0], sums[1]);
}
