// Intent: what is written after the stop request is unordered with who sees the request.
// Primitive: stop tokens
// Libraries: libstdc++ libc++-static
// Expect: data race on 'reason' at WRITE, READ
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
    seen = reason;  // RACE-READ
  });
  source.request_stop();
  reason = 7;  // RACE-WRITE
  invisiblePass(&turns);
  worker.join();
  std::printf("%d\n", seen);
}
