// Intent: two threads add to a plain counter; one of the two additions can be lost.
// Expect: lost update on 'counter' at ADD, ADD
// Primitive: std::thread
#include <cstdio>
#include <thread>

#include "invisible.h"

int counter = 0;
InvisibleTurns turns;

void addOne() {
  counter += 1;  // RACE-ADD
}

int main() {
  std::thread first([] {
    addOne();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    addOne();
  });
  first.join();
  second.join();
  std::printf("%d\n", counter);
}
