// Intent: plain accesses before the threads start and after they are joined, atomic ones in between.
// Primitive: mixed atomic and plain accesses
// Expect: silent
#include <cstdio>
#include <thread>

#include "invisible.h"

long state = 0;
InvisibleTurns turns;

int main() {
  state = 1;
  std::thread other([] {
    __atomic_fetch_add(&state, 1, __ATOMIC_SEQ_CST);
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  __atomic_fetch_add(&state, 1, __ATOMIC_RELAXED);
  other.join();
  state += 10;
  std::printf("%ld\n", state);
}
