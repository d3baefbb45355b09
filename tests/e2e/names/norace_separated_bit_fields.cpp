// Intent: a zero-width bit-field puts its neighbours into separate memory locations.
// Expect: silent
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Flags {
  unsigned dirty : 1;
  unsigned : 0;
  unsigned busy : 1;
};

Flags flags;
InvisibleTurns turns;

int main() {
  std::thread first([] {
    flags.dirty = 1;
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    flags.busy = 1;
  });
  first.join();
  second.join();
  std::printf("%u %u\n", flags.dirty, flags.busy);
}
