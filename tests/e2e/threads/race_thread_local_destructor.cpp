// Intent: destructors of two threads' thread-local objects count without a lock.
// Expect: lost update on 'farewells' at COUNT, COUNT
// Primitive: thread_local, TLS destructors
#include <cstdio>
#include <thread>

#include "invisible.h"

int farewells = 0;
InvisibleTurns turns;

struct Farewell {
  int turn = 0;
  ~Farewell() {
    invisibleAwait(&turns, turn);
    farewells += 1;  // RACE-COUNT
    invisiblePass(&turns);
  }
};

thread_local Farewell farewell;

int main() {
  std::thread first([] { farewell.turn = 0; });
  std::thread second([] { farewell.turn = 1; });
  first.join();
  second.join();
  std::printf("%d\n", farewells);
}
