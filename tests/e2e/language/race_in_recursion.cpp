// Intent: the race lies at the bottom of a deep recursion.
// Expect: lost update on 'counter' at ADD, ADD
// Says: descend
#include <cstdio>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
int counter = 0;

__attribute__((noinline)) void descend(int depth) {
  if (depth == 0) {
    counter += 1;  // RACE-ADD
    return;
  }
  descend(depth - 1);
  invisibleYield();
}

void first() { descend(50); }

void second() { descend(500); }

int main() {
  std::thread one([] {
    first();
    invisiblePass(&turns);
  });
  std::thread two([] {
    invisibleAwait(&turns, 1);
    second();
  });
  one.join();
  two.join();
  std::printf("%d\n", counter);
}
