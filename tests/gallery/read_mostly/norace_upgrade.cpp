// Intent: a reader that wants to write gives the read lock back, takes the write lock and checks again.
// Expect: silent
// Primitive: std::shared_mutex, read-lock upgraded to write
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <unordered_map>
#include <vector>

std::shared_mutex cacheMutex;
std::unordered_map<int, long> cache;

long squareOf(int number) {
  {
    std::shared_lock<std::shared_mutex> lock(cacheMutex);
    auto place = cache.find(number);
    if (place != cache.end()) return place->second;
  }
  std::unique_lock<std::shared_mutex> lock(cacheMutex);
  return cache.try_emplace(number, long(number) * number).first->second;
}

int main() {
  long sums[4] = {};
  std::vector<std::thread> threads;
  for (long& sum : sums) {
    threads.emplace_back([&sum] {
      for (int i = 0; i < 200; ++i) sum += squareOf(i % 50);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%ld %ld %ld %ld\n", sums[0], sums[1], sums[2], sums[3]);
}
