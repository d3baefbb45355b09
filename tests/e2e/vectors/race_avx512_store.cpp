// Intent: a loop compiled to 64-byte stores conflicts with a scalar read in the middle of one of them.
// Expect: data race on '*' at STORE, READ
// Flags: -mavx512f -mprefer-vector-width=512
// Levels: O3
// Requires: avx512f
// Reference: does not see accesses of more than 16 bytes
#include <cstdio>
#include <thread>

#include "invisible.h"

alignas(64) int cells[256];
int seen = 0;
InvisibleTurns turns;

__attribute__((noinline)) void fill(int* to, int value) {
  for (int i = 0; i < 256; ++i) to[i] = value + i;  // RACE-STORE
}

__attribute__((noinline)) void look() {
  seen = cells[137];  // RACE-READ
}

int main() {
  std::thread first([] {
    fill(cells, 3);
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    look();
  });
  first.join();
  second.join();
  std::printf("%d\n", seen);
}
