// Intent: all slots exist before the threads start and each slot has one writer, so nothing ever grows.
// Expect: silent
// Primitive: std::thread
#include <cstdio>
#include <thread>
#include <unordered_map>
#include <vector>

std::unordered_map<int, std::vector<int>> results;

void fillSlot(int worker) {
  std::vector<int>& slot = results.find(worker)->second;
  for (int i = 0; i < 100; ++i) slot.push_back(worker * i);
}

int main() {
  for (int worker = 0; worker < 4; ++worker) results[worker];
  std::vector<std::thread> threads;
  for (int worker = 0; worker < 4; ++worker) threads.emplace_back(fillSlot, worker);
  for (std::thread& thread : threads) thread.join();
  long total = 0;
  for (int worker = 0; worker < 4; ++worker) {
    for (int value : results[worker]) total += value;
  }
  std::printf("%ld\n", total);
}
