// Intent: the stack of a race after a thrown and caught exception is the true one.
// Expect: lost update on 'counter' at ADD, ADD
// Primitive: exceptions
// Says: afterThrow
#include <cstdio>
#include <stdexcept>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
int counter = 0;

__attribute__((noinline)) void throwDeep(int depth) {
  if (depth == 0) throw std::logic_error("deep");
  throwDeep(depth - 1);
  invisibleYield();
}

__attribute__((noinline)) void addOne() {
  counter += 1;  // RACE-ADD
}

__attribute__((noinline)) void afterThrow() {
  try {
    throwDeep(20);
  } catch (const std::logic_error&) {
  }
  addOne();
  invisibleYield();
}

void first() { afterThrow(); }

void second() { afterThrow(); }

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
