// Intent: a callback runs on the thread that asks to stop: what it writes after telling is unordered with the other.
// Primitive: stop_callback
// Libraries: libstdc++ libc++-static
// Expect: data race on 'calls' at WRITE, READ
#include <cstdio>
#include <optional>
#include <stop_token>
#include <thread>

#include "invisible.h"

int calls = 0;
InvisibleTurns turns;

int main() {
  int seen = 0;
  std::stop_source source;
  auto count = [] {
    invisiblePass(&turns);
    calls = 1;  // RACE-WRITE
    invisiblePass(&turns);
  };
  std::optional<std::stop_callback<decltype(count)>> callback(std::in_place, source.get_token(), count);
  std::thread asker([&source] { source.request_stop(); });
  invisibleAwait(&turns, 1);
  invisibleAwait(&turns, 2);
  seen = calls;  // RACE-READ
  asker.join();
  std::printf("%d\n", seen);
}
