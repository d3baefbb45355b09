// Intent: an exception passes through a frame of libc's qsort; the stack of a race after it is the true one.
// Expect: lost update on 'counter' at ADD, ADD
// Says: sortAndAdd
// Libraries: libstdc++ libc++
// Primitive: exceptions through foreign frames
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
int counter = 0;

int refuse(const void*, const void*) { throw std::runtime_error("these have no order"); }

__attribute__((noinline)) void addOne() {
  counter += 1;  // RACE-ADD
}

__attribute__((noinline)) void sortAndAdd() {
  int numbers[4] = {3, 1, 4, 2};
  try {
    std::qsort(numbers, 4, sizeof(int), refuse);
  } catch (const std::runtime_error&) {
    addOne();
  }
  invisibleYield();
}

int main() {
  std::thread one([] {
    sortAndAdd();
    invisiblePass(&turns);
  });
  std::thread two([] {
    invisibleAwait(&turns, 1);
    sortAndAdd();
  });
  one.join();
  two.join();
  std::printf("%d\n", counter);
}
