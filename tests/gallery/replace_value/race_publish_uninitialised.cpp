// Intent: a pointer is published with relaxed order, so the record behind it is read without synchronisation.
// Expect: data race on 'Config::port' at FILL, READ
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Config {
  int port = 0;
};

Config fresh;
std::atomic<Config*> config{nullptr};
InvisibleTurns turns;
int port = 0;

int main() {
  std::thread writer([] {
    fresh.port = 8080;  // RACE-FILL
    config.store(&fresh, std::memory_order_relaxed);
    invisiblePass(&turns);
  });
  std::thread reader([] {
    invisibleAwait(&turns, 1);
    Config* seen = config.load(std::memory_order_relaxed);
    port = seen->port;  // RACE-READ
  });
  writer.join();
  reader.join();
  std::printf("%d\n", port);
}
