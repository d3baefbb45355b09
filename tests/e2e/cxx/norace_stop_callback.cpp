// Intent: the destructor of a stop_callback waits until the callback that runs elsewhere is done.
// Primitive: stop_callback
// Libraries: libstdc++ libc++-static
// Expect: silent
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
    calls = 1;
    invisiblePass(&turns);
  };
  std::optional<std::stop_callback<decltype(count)>> callback(std::in_place, source.get_token(), count);
  std::thread asker([&source] { source.request_stop(); });
  invisibleAwait(&turns, 1);
  callback.reset();
  seen = calls;
  asker.join();
  std::printf("%d\n", seen);
}
