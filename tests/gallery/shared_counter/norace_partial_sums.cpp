// Intent: each thread counts for itself and main adds the parts after joining.
// Expect: silent
// Primitive: std::thread
#include <array>
#include <cstdio>
#include <thread>
#include <vector>

thread_local int ownCount = 0;
std::array<int, 4> partialSums{};

void addMany(int slot) {
  for (int i = 0; i < 1000; ++i) ownCount += 1;
  partialSums[slot] = ownCount;
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(addMany, i);
  for (std::thread& thread : threads) thread.join();
  int total = 0;
  for (int part : partialSums) total += part;
  std::printf("%d\n", total);
}
