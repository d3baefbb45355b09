// Intent: the object behind an atomic<shared_ptr> is changed after it was published.
// Primitive: std::atomic<std::shared_ptr>
// Expect: data race on '*' at WRITE, READ
// Reference: reports races inside the library
#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>

#include "invisible.h"

struct Config {
  int port;
};

std::atomic<std::shared_ptr<Config>> current;
InvisibleTurns turns;

int main() {
  int seen = 0;
  std::thread reader([&seen] {
    invisibleAwait(&turns, 1);
    seen = current.load()->port;  // RACE-READ
    invisiblePass(&turns);
  });
  auto config = std::make_shared<Config>(Config{80});
  Config* still = config.get();
  current.store(std::move(config));
  still->port = 81;  // RACE-WRITE
  invisiblePass(&turns);
  reader.join();
  std::printf("%d\n", seen);
}
