// Intent: whoever sees a stop request sees what was written before it.
// Primitive: stop tokens
// Libraries: libstdc++ libc++-static
// Expect: silent
#include <cstdio>
#include <stop_token>
#include <thread>

#include "invisible.h"

int reason = 0;
InvisibleTurns turns;

int main() {
  int seen = 0;
  std::stop_source source;
  std::thread worker([&seen, stop = source.get_token()] {
    while (!stop.stop_requested()) std::this_thread::yield();
    invisibleAwait(&turns, 1);
    seen = reason;
  });
  reason = 7;
  source.request_stop();
  invisiblePass(&turns);
  worker.join();
  std::printf("%d\n", seen);
}
