// Intent: a function-local static is initialised once, but what is done to it later needs a lock.
// Primitive: function-local static
// Libraries: libstdc++ libc++
// Expect: data race on '*' at WRITE, READ
#include <cstdio>
#include <thread>
#include <vector>

#include "invisible.h"

InvisibleTurns turns;

std::vector<int>& table() {
  static std::vector<int> table{1, 2, 3};
  return table;
}

int main() {
  int sum = 0;
  std::thread other([] {
    table()[1] = 7;  // RACE-WRITE
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  sum = table()[1];  // RACE-READ
  other.join();
  std::printf("%d\n", sum);
}
