// Intent: check and addition form one critical section.
// Expect: silent
// Primitive: std::mutex
#include <cstdio>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

std::set<int> entries;
std::mutex entriesMutex;

void addOnce(int entry) {
  std::lock_guard<std::mutex> lock(entriesMutex);
  if (!entries.contains(entry)) entries.insert(entry);
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int entry = 0; entry < 100; ++entry) addOnce(entry % 25);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%zu\n", entries.size());
}
