// Intent: the long computation runs without the lock; only the update of both fields takes it.
// Expect: silent
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

struct Statistics {
  long sum = 0;
  int samples = 0;
};

Statistics statistics;
std::mutex statisticsMutex;

long measure(int seed) {
  long value = seed;
  for (int i = 0; i < 100; ++i) value = (value * 31 + 7) % 1009;
  return value;
}

void sampleMany(int seed) {
  for (int i = 0; i < 100; ++i) {
    long value = measure(seed + i);
    std::lock_guard<std::mutex> lock(statisticsMutex);
    statistics.sum += value;
    statistics.samples += 1;
  }
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(sampleMany, 1000 * i);
  for (std::thread& thread : threads) thread.join();
  std::printf("%ld %d\n", statistics.sum, statistics.samples);
}
