// Intent: a pool of threads takes task numbers from an atomic; each task writes its own slot, read after join.
// Expect: silent
// Primitive: std::thread
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

std::vector<char> results(200);
std::atomic<size_t> nextTask{0};

void runTasks() {
  while (true) {
    size_t task = nextTask.fetch_add(1, std::memory_order_relaxed);
    if (task >= results.size()) return;
    results[task] = char(task % 7);
  }
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(runTasks);
  for (std::thread& thread : threads) thread.join();
  int total = 0;
  for (char result : results) total += result;
  std::printf("%d\n", total);
}
