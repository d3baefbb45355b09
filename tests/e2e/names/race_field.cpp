// Intent: the report names the field with its type, and the global that it is part of.
// Expect: lost update on 'Stats::hits' at ADD, ADD
// Says: 'stats'
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Stats {
  int misses = 0;
  int hits = 0;

  void hit() {
    hits += 1;  // RACE-ADD
  }
};

Stats stats;
InvisibleTurns turns;

int main() {
  std::thread first([] {
    stats.hit();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    stats.hit();
  });
  first.join();
  second.join();
  std::printf("%d\n", stats.hits);
}
