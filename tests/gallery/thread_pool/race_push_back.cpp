// Intent: two tasks push their results to one vector.
// Expect: lost update|data race on '*' at PUSH, PUSH
// Allow: lost update|data race|heap-use-after-free race on '*' at PUSH, PUSH
#include <cstdio>
#include <thread>
#include <vector>

#include "invisible.h"

std::vector<int> results;
InvisibleTurns turns;

void runTask(int number) {
  results.push_back(number * number);  // RACE-PUSH
}

int main() {
  std::thread first([] {
    runTask(3);
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    runTask(4);
  });
  first.join();
  second.join();
  std::printf("%zu\n", results.size());
}
