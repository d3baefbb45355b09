// Intent: two scoped_locks that have no mutex in common protect nothing from each other.
// Primitive: std::scoped_lock
// Libraries: libstdc++ libc++
// Expect: data race|lost update on 'total' at ADD, ADD
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex a, b, c;
int total = 0;
InvisibleTurns turns;

int main() {
  std::thread other([] {
      std::scoped_lock both(a, b);
      total += 1;  // RACE-ADD
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
    std::scoped_lock one(c);
    total += 1;  // RACE-ADD
  other.join();
  std::printf("%d\n", total);
}
