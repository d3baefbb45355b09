// Intent: what is written before the start of a std::thread and after its join is ordered.
// Primitive: std::thread
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
InvisibleTurns turns;

int main() {
  int seen = 0;
  message = 1;
  std::thread reader([&seen] {
    invisibleAwait(&turns, 1);
    seen = message;
  });
  invisiblePass(&turns);
  reader.join();
  message += seen;
  std::printf("%d\n", message);
}
