// Bench: groups=sync; args=30000000; quick=400000; valgrind=40000
// Statistics in atomics: relaxed counters, a maximum by compare-exchange, and a published version.
#include "../support.h"

#include <atomic>

struct Statistics {
  std::atomic<uint64_t> events[16] = {};
  std::atomic<uint64_t> largest{0}, version{0};
};

static void record(Statistics& statistics, uint64_t value) {
  statistics.events[value % 16].fetch_add(1, std::memory_order_relaxed);
  uint64_t largest = statistics.largest.load(std::memory_order_relaxed);
  while (largest < value && !statistics.largest.compare_exchange_weak(largest, value)) {
  }
  if (value % 64 == 0) statistics.version.fetch_add(1, std::memory_order_release);
}

int main(int argc, char** argv) {
  long count = argumentOr(argc, argv, 1, 30000000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  Statistics statistics;
  onThreads(threads, [&](int index) {
    Range mine = shareOf(count, threads, index);
    uint64_t seed = uint64_t(index) + 1;
    for (long i = mine.first; i < mine.last; ++i) record(statistics, nextRandom(&seed) >> 32);
  });
  uint64_t sum = fold(statistics.largest.load(), statistics.version.load());
  for (auto& events : statistics.events) sum = fold(sum, events.load());
  printChecksum(sum);
}
