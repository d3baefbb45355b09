// Intent: two neighbouring bit-fields share their bytes, so setting one can undo setting the other.
// Expect: lost update on 'Flags::dirty|Flags::busy' at DIRTY, BUSY
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Flags {
  unsigned dirty : 1;
  unsigned busy : 1;
};

Flags flags;
InvisibleTurns turns;

void markDirty() {
  flags.dirty = 1;  // RACE-DIRTY
}

void markBusy() {
  flags.busy = 1;  // RACE-BUSY
}

int main() {
  std::thread first([] {
    markDirty();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    markBusy();
  });
  first.join();
  second.join();
  std::printf("%u %u\n", flags.dirty, flags.busy);
}
