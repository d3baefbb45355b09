// Intent: the destructor of a std::jthread joins.
// Primitive: std::jthread
// Libraries: libstdc++ libc++-static
// Expect: silent
#include <cstdio>
#include <thread>

#include "invisible.h"

int steps = 0;
InvisibleTurns turns;

int main() {
  int seen = 0;
  {
    std::jthread worker([](std::stop_token stop) {
      while (!stop.stop_requested()) std::this_thread::yield();
      steps = 1;
      invisiblePass(&turns);
    });
  }
  seen += steps;
  std::printf("%d\n", seen);
}
