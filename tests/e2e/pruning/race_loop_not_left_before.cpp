// Intent: the twin of norace_loop_left_early: the loop comes as far as the element that another thread writes.
// Expect: data race on 'items' at READ, WRITE
#include <cstdio>
#include <thread>

#include "invisible.h"

int items[1000];
int seen = 0;
InvisibleTurns turns;

__attribute__((noinline)) static int find(int count, int wanted) {
  for (int i = 0; i < count; ++i)
    if (items[i] == wanted) return i;  // RACE-READ
  return -1;
}

int main() {
  items[500] = 5;
  std::thread first([] {
    items[400] = 1;  // RACE-WRITE
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    seen = find(1000, 5);
  });
  first.join();
  second.join();
  std::printf("%d\n", seen);
}
