// Intent: a vector that two threads fill without a lock is one bug, told about the vector and not about its buffer,
// although the buffer is allocated and freed again on the way.
// Expect: lost update on 'list' at FIRST, SECOND
#include <thread>
#include <vector>

#include "invisible.h"

std::vector<int> list;
InvisibleTurns turns;

void fill() {
  for (int i = 0; i < 40; ++i) list.push_back(i);  // RACE-FIRST
}

void fillMore() {
  for (int i = 0; i < 40; ++i) list.push_back(-i);  // RACE-SECOND
}

int main() {
  std::thread first([] {
    fill();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    fillMore();
  });
  first.join();
  second.join();
}
