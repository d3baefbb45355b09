// Intent: a shared_ptr is replaced with atomic_store, and what it points to is changed afterwards.
// Expect: data race on '*' at CHANGE, READ
// Libraries: libstdc++ libc++
// Primitive: std::atomic<std::shared_ptr>
// Flags: -Wno-deprecated-declarations
#include <cstdio>
#include <memory>
#include <thread>

#include "invisible.h"

struct Config {
  int port = 0;
};

InvisibleTurns turns;
std::shared_ptr<Config> current = std::make_shared<Config>();

int main() {
  std::thread writer([] {
    auto made = std::make_shared<Config>();
    std::atomic_store(&current, made);
    made->port = 80;  // RACE-CHANGE
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
  });
  invisibleAwait(&turns, 1);
  std::shared_ptr<Config> seen = std::atomic_load(&current);
  const int port = seen->port;  // RACE-READ
  invisiblePass(&turns);
  writer.join();
  std::printf("%d\n", port);
}
