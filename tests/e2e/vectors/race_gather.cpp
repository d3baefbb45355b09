// Intent: a gathering loop reads one cell that another thread has written.
// Expect: data race on '*' at WRITE, GATHER
// Flags: -march=skylake-avx512
// Levels: O3
// Requires: avx512f avx512bw avx512dq avx512vl
// Reference: does not see gathers
#include <cstdio>
#include <thread>

#include "invisible.h"

constexpr int kCells = 256;
int cells[4 * kCells];
int places[kCells];
long sum = 0;
InvisibleTurns turns;

__attribute__((noinline)) void writeOne() {
  cells[4 * 77] = 5;  // RACE-WRITE
}

__attribute__((noinline)) void gather(const int* __restrict from, const int* __restrict at) {
  long total = 0;
  for (int i = 0; i < kCells; ++i) total += from[at[i]];  // RACE-GATHER
  sum = total;
}

int main() {
  for (int i = 0; i < kCells; ++i) places[i] = 4 * i;
  std::thread first([] {
    writeOne();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    gather(cells, places);
  });
  first.join();
  second.join();
  std::printf("%ld\n", sum);
}
