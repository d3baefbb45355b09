// Intent: the pointer is stored with release order and loaded with acquire order; old values are kept until the end.
// Expect: silent
// Primitive: atomic acquire and release
#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

struct Config {
  int port;
  int workers;
};

Config defaults{0, 0};
std::atomic<Config*> current{&defaults};

int main() {
  std::vector<std::unique_ptr<Config>> kept;
  std::thread writer([&kept] {
    for (int i = 1; i <= 300; ++i) {
      kept.push_back(std::make_unique<Config>(Config{i, i}));
      current.store(kept.back().get(), std::memory_order_release);
    }
  });
  bool consistent = true;
  for (int i = 0; i < 300; ++i) {
    Config* seen = current.load(std::memory_order_acquire);
    if (seen->port != seen->workers) consistent = false;
  }
  writer.join();
  std::printf("%d %d\n", consistent, current.load(std::memory_order_acquire)->port);
}
