// Intent: std::atomic<std::shared_ptr> is replaced by one thread after another has read it.
// Expect: silent
// Primitive: std::atomic<std::shared_ptr>
// Reference: reports a race inside the library
#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>

#include "invisible.h"

struct Config {
  int port;
};

std::atomic<std::shared_ptr<const Config>> current = std::make_shared<const Config>(Config{80});
InvisibleTurns turns;
int port = 0;

int main() {
  std::thread reader([] {
    port = current.load()->port;
    invisiblePass(&turns);
  });
  std::thread writer([] {
    invisibleAwait(&turns, 1);
    current.store(std::make_shared<const Config>(Config{8080}));
  });
  reader.join();
  writer.join();
  std::printf("%d %d\n", port, current.load()->port);
}
