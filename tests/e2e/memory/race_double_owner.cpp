// Intent: two threads write to one heap block that a third allocated.
// Expect: data race on '*' at ONE, OTHER
// Mentions: ALLOCATE
// Says: heap
#include <cstdio>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
double* makeBlock() {
  return new double[12]{};  // RACE-ALLOCATE
}

double* block = makeBlock();

__attribute__((noinline)) void writeOne(double* to) {
  to[4] = 1;  // RACE-ONE
}

__attribute__((noinline)) void writeOther(double* to) {
  to[4] = 2;  // RACE-OTHER
}

void first() { writeOne(block); }

void second() { writeOther(block); }

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
  std::printf("%.1f\n", block[4]);
  delete[] block;
}
