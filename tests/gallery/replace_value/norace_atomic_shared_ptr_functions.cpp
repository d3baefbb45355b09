// Intent: a shared_ptr is replaced with atomic_store and read with atomic_load.
// Expect: silent
// Libraries: libstdc++ libc++
// Primitive: std::atomic<std::shared_ptr>
// Flags: -Wno-deprecated-declarations
#include <cstdio>
#include <memory>
#include <thread>

struct Config {
  int port;
  int workers;
};

std::shared_ptr<const Config> current = std::make_shared<Config>(Config{0, 0});

int main() {
  std::thread writer([] {
    for (int i = 1; i <= 300; ++i) std::atomic_store(&current, std::make_shared<const Config>(Config{i, i}));
  });
  bool consistent = true;
  for (int i = 0; i < 300; ++i) {
    auto seen = std::atomic_load(&current);
    if (seen->port != seen->workers) consistent = false;
  }
  writer.join();
  std::printf("%d %d\n", consistent, std::atomic_load(&current)->port);
}
