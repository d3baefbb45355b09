// Intent: double-checked locking on an atomic pointer with acquire and release; everybody may use it afterwards.
// Expect: silent
// Primitive: atomic acquire and release
#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

struct Service {
  int answers[16];
  Service() {
    for (int i = 0; i < 16; ++i) answers[i] = i * i;
  }
};

std::atomic<Service*> instance{nullptr};
std::mutex instanceMutex;

Service& service() {
  Service* seen = instance.load(std::memory_order_acquire);
  if (seen == nullptr) {
    std::lock_guard<std::mutex> lock(instanceMutex);
    seen = instance.load(std::memory_order_relaxed);
    if (seen == nullptr) {
      seen = new Service;
      instance.store(seen, std::memory_order_release);
    }
  }
  return *seen;
}

int main() {
  std::vector<int> sums(4);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&sums, i] {
      for (int answer : service().answers) sums[i] += answer;
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%d %d %d %d\n", sums[0], sums[1], sums[2], sums[3]);
  delete instance.load();
}
