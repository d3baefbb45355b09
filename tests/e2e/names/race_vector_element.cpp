// Intent: an element of a vector: the report names the vector, and where its memory was allocated.
// Expect: lost update on 'values|values[2]|values[]' at ADD, ADD
// Mentions: ALLOCATE
// Says: heap
#include <cstdio>
#include <thread>
#include <vector>

#include "invisible.h"

std::vector<int> values;
InvisibleTurns turns;

void fill() {
  values.resize(5);  // RACE-ALLOCATE
}

void bump() {
  values[2] += 1;  // RACE-ADD
}

int main() {
  fill();
  std::thread first([] {
    bump();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    bump();
  });
  first.join();
  second.join();
  std::printf("%d\n", values[2]);
}
