// Intent: one thread frees a heap block that another one has written to without synchronisation.
// Expect: heap-use-after-free race|data race on '*' at FREE, WRITE
// Primitive: heap-use-after-free race
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
int* block = static_cast<int*>(std::malloc(40 * sizeof(int)));

void first() {
  block[11] = 3;  // RACE-WRITE
}

__attribute__((noinline)) void dispose(int* old) {
  std::free(old);  // RACE-FREE
}

void second() { dispose(block); }

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
  std::printf("done\n");
}
