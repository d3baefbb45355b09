// Intent: the counter is atomic, so no addition is lost; relaxed order is enough for a count read after join.
// Expect: silent
// Primitive: atomic relaxed
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

std::atomic<int> counter{0};

void addMany() {
  for (int i = 0; i < 1000; ++i) counter.fetch_add(1, std::memory_order_relaxed);
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(addMany);
  for (std::thread& thread : threads) thread.join();
  std::printf("%d\n", counter.load(std::memory_order_relaxed));
}
