// Intent: a loop's accesses are one range check; the element that races is reported, not the range.
// Expect: data race on 'items' at READ, WRITE
// Says: reads 4 bytes
#include <cstdio>
#include <thread>

#include "invisible.h"

int items[1000];
int seen = 0;
InvisibleTurns turns;

__attribute__((noinline)) static int sum(int count) {
  int total = 0;
#pragma clang loop vectorize(disable) unroll(disable)
  for (int i = 0; i < count; ++i) total += items[i];  // RACE-READ
  return total;
}

int main() {
  std::thread first([] {
    items[777] = 1;  // RACE-WRITE
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    seen = sum(1000);
  });
  first.join();
  second.join();
  std::printf("%d\n", seen);
}
