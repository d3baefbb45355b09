// Intent: a local variable of main, captured by reference, is named like in the source.
// Expect: lost update on 'total' at ADD, ADD
// Says: stack|local
#include <cstdio>
#include <thread>

#include "invisible.h"

int main() {
  InvisibleTurns turns{};
  long total = 0;
  auto add = [&total] {
    total += 5;  // RACE-ADD
  };
  std::thread first([&] {
    add();
    invisiblePass(&turns);
  });
  std::thread second([&] {
    invisibleAwait(&turns, 1);
    add();
  });
  first.join();
  second.join();
  std::printf("%ld\n", total);
}
