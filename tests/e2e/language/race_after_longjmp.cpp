// Intent: the stack of a race after a longjmp out of nested calls is the true one.
// Expect: lost update on 'counter' at ADD, ADD
// Primitive: longjmp
// Says: afterJump
#include <csetjmp>
#include <cstdio>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
int counter = 0;
thread_local std::jmp_buf back;

__attribute__((noinline)) void jumpDeep(int depth) {
  if (depth == 0) std::longjmp(back, 1);
  jumpDeep(depth - 1);
  invisibleYield();
}

__attribute__((noinline)) void addOne() {
  counter += 1;  // RACE-ADD
}

__attribute__((noinline)) void afterJump() {
  if (setjmp(back) == 0) jumpDeep(20);
  addOne();
  invisibleYield();
}

void first() { afterJump(); }

void second() { afterJump(); }

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
