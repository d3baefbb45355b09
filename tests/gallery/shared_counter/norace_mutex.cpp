// Intent: every addition is made under one mutex.
// Expect: silent
// Primitive: std::mutex
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

int counter = 0;
std::mutex counterMutex;

void addMany() {
  for (int i = 0; i < 1000; ++i) {
    std::lock_guard<std::mutex> lock(counterMutex);
    counter += 1;
  }
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(addMany);
  for (std::thread& thread : threads) thread.join();
  std::printf("%d\n", counter);
}
