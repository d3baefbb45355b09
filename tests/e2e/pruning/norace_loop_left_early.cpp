// Intent: a loop that stops before the element that another thread writes does not touch it: no range check of all.
// Expect: silent
#include <cstdio>
#include <thread>

#include "invisible.h"

int items[1000];
int seen = 0;
InvisibleTurns turns;

__attribute__((noinline)) static int find(int count, int wanted) {
  for (int i = 0; i < count; ++i)
    if (items[i] == wanted) return i;
  return -1;
}

int main() {
  items[500] = 5;
  std::thread first([] {
    items[777] = 1;
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
