// Intent: a static data member is named with its class.
// Expect: lost update on 'Stats::total' at ADD, ADD
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Stats {
  static long total;
  static void add(long amount) {
    total += amount;  // RACE-ADD
  }
};

long Stats::total = 0;
InvisibleTurns turns;

int main() {
  std::thread first([] {
    Stats::add(1);
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    Stats::add(2);
  });
  first.join();
  second.join();
  std::printf("%ld\n", Stats::total);
}
