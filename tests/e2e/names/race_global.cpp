// Intent: the report names a global variable and says that it is global.
// Expect: lost update on 'counter' at ADD, ADD
// Says: global 'counter'
#include <cstdio>
#include <thread>

#include "invisible.h"

int counter = 40;
InvisibleTurns turns;

void increment() {
  ++counter;  // RACE-ADD
}

int main() {
  std::thread first([] {
    increment();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    increment();
  });
  first.join();
  second.join();
  std::printf("%d\n", counter);
}
