// Intent: a static buffer was meant to belong to one thread, but all threads share it.
// Expect: data race on 'scratch' at FORMAT, FORMAT
#include <cstdio>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;

const char* digitName(int digit) {
  static char scratch[2];
  scratch[0] = char('0' + digit);  // RACE-FORMAT
  return scratch;
}

int main() {
  std::thread first([] {
    digitName(1);
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    digitName(2);
  });
  first.join();
  second.join();
}
