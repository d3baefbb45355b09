// Intent: asking a std::jthread to stop does not wait for its end.
// Primitive: std::jthread
// Libraries: libstdc++ libc++-static
// Expect: data race on 'steps' at WRITE, READ
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
      steps = 1;  // RACE-WRITE
      invisiblePass(&turns);
    });
    worker.request_stop();
    invisibleAwait(&turns, 1);
    seen = steps;  // RACE-READ
  }
  seen += steps;
  std::printf("%d\n", seen);
}
