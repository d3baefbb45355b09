// Intent: the twin of race_element_of_range: the range ends before the element that another thread writes.
// Expect: silent
#include <cstdio>
#include <thread>

#include "invisible.h"

int items[1000];
int seen = 0;
InvisibleTurns turns;

__attribute__((noinline)) static int sum(int count) {
  int total = 0;
#pragma clang loop vectorize(disable) unroll(disable)
  for (int i = 0; i < count; ++i) total += items[i];
  return total;
}

int main() {
  std::thread first([] {
    items[777] = 1;
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    seen = sum(777);
  });
  first.join();
  second.join();
  std::printf("%d\n", seen);
}
