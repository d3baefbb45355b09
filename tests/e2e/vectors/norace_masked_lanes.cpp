// Intent: two threads fill the even and the odd cells with masked stores: lanes that are off are not accesses.
// Expect: silent
// Flags: -march=skylake-avx512
// Levels: O3
// Requires: avx512f avx512bw avx512dq avx512vl
#include <cstdio>
#include <thread>

#include "invisible.h"

constexpr int kCells = 256;
alignas(64) int cells[kCells];
int chosen[2][kCells];
InvisibleTurns turns;

__attribute__((noinline)) void fill(int* __restrict to, const int* __restrict choice, int value) {
  for (int i = 0; i < kCells; ++i) {
    if (choice[i]) to[i] = value;
  }
}

int main() {
  for (int i = 0; i < kCells; ++i) {
    chosen[0][i] = i % 2 == 0;
    chosen[1][i] = i % 2 == 1;
  }
  std::thread first([] {
    fill(cells, chosen[0], 1);
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    fill(cells, chosen[1], 2);
  });
  first.join();
  second.join();
  long sum = 0;
  for (int cell : cells) sum += cell;
  std::printf("%ld\n", sum);
}
