// Intent: whoever enters the function comes after the initialisation of its static.
// Primitive: function-local static
// Libraries: libstdc++ libc++
// Expect: silent
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
    (void)table();
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  sum = table()[1];
  other.join();
  std::printf("%d\n", sum);
}
