// Intent: a function in an arena writes what another thread writes outside.
// Primitive: TBB task_arena
// Packages: tbb
// Flags: -DTBB_USE_THREADING_TOOLS=0
// Levels: O2
// Expect: data race on 'shared' at INSIDE, OUTSIDE
#include <tbb/task_arena.h>

#include <cstdio>
#include <thread>

#include "invisible.h"

int shared = 0;
InvisibleTurns turns;

int main() {
  tbb::task_arena arena(2);
  std::thread other([&] {
    arena.execute([] { shared = 1; });  // RACE-INSIDE
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  shared = 2;  // RACE-OUTSIDE
  other.join();
  std::printf("%d\n", shared);
}
