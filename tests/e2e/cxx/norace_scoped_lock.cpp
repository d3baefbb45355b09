// Intent: scoped_locks of two mutexes in both orders neither race nor block.
// Primitive: std::scoped_lock
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex a, b, c;
int total = 0;
InvisibleTurns turns;

int main() {
  std::thread other([] {
    for (int i = 0; i < 100; ++i) {
      std::scoped_lock both(a, b);
      total += 1;
    }
  });
  for (int i = 0; i < 100; ++i) {
    std::scoped_lock both(b, a);
    total += 1;
  }
  other.join();
  std::printf("%d\n", total);
}
