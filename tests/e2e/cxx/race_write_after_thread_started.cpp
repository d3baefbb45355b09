// Intent: what is written after the thread has started is unordered with it.
// Primitive: std::thread
// Libraries: libstdc++ libc++
// Expect: data race on 'message' at WRITE, READ
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
InvisibleTurns turns;

int main() {
  int seen = 0;
  std::thread reader([&seen] {
    invisibleAwait(&turns, 1);
    seen = message;  // RACE-READ
  });
  message = 1;  // RACE-WRITE
  invisiblePass(&turns);
  reader.join();
  message += seen;
  std::printf("%d\n", message);
}
