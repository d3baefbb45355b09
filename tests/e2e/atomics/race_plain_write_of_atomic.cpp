// Intent: a plain write to an integer that another thread uses atomically.
// Primitive: mixed atomic and plain accesses
// Expect: data race|lost update on 'state' at PLAIN, ATOMIC
#include <cstdio>
#include <thread>

#include "invisible.h"

long state = 0;
InvisibleTurns turns;

int main() {
  state = 1;
  std::thread other([] {
    __atomic_fetch_add(&state, 1, __ATOMIC_SEQ_CST);  // RACE-ATOMIC
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  state = 5;  // RACE-PLAIN
  other.join();
  state += 10;
  std::printf("%ld\n", state);
}
