// Intent: blocks that one thread frees and another gets from the allocator later are new objects: no conflict.
// Expect: silent
// Primitive: heap-use-after-free race
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "invisible.h"

InvisibleTurns turns;
int sums[4];

void work(int self) {
  invisibleAwait(&turns, self);
  for (int i = 0; i < 50; ++i) {
    std::vector<int> numbers(10 + i, self);
    std::string text(40 + i, 'x');
    auto* array = static_cast<int*>(std::calloc(8, sizeof(int)));
    array = static_cast<int*>(std::realloc(array, (20 + i) * sizeof(int)));
    array[19] = self;
    auto* aligned = static_cast<char*>(std::aligned_alloc(64, 128));
    aligned[100] = 1;
    sums[self] += numbers[i] + array[19] + int(text.size()) + aligned[100];
    std::free(aligned);
    std::free(array);
  }
  invisiblePass(&turns);
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
  std::printf("%d %d %d %d\n", sums[0], sums[1], sums[2], sums[3]);
}
