// Intent: readers and writers of an atomic<shared_ptr>: load, store, exchange, compare-exchange and wait.
// Primitive: std::atomic<std::shared_ptr>
// Expect: silent
// Reference: reports races inside the library
#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>

#include "invisible.h"

struct Config {
  int port;
};

std::atomic<std::shared_ptr<const Config>> current;
InvisibleTurns turns;

int main() {
  int seen = 0;
  std::thread reader([&seen] {
    invisibleAwait(&turns, 1);
    for (int i = 0; i < 50; ++i) seen = current.load()->port;
    current.wait(nullptr);
    invisiblePass(&turns);
  });
  current.store(std::make_shared<const Config>(Config{80}));
  invisiblePass(&turns);
  for (int i = 0; i < 50; ++i) {
    auto now = current.load();
    current.compare_exchange_strong(now, std::make_shared<const Config>(Config{80}));
    current.exchange(std::make_shared<const Config>(Config{80}));
  }
  reader.join();
  std::printf("%d\n", seen);
}
