// Intent: a bit-field is named, not the integer that holds it.
// Expect: lost update|data race on 'Flags::dirty' at SET, SET
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Flags {
  unsigned clean : 1;
  unsigned dirty : 3;
  unsigned rest : 28;
};

Flags flags;
InvisibleTurns turns;

void mark() {
  flags.dirty += 1;  // RACE-SET
}

int main() {
  std::thread first([] {
    mark();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    mark();
  });
  first.join();
  second.join();
  std::printf("%u\n", flags.dirty);
}
