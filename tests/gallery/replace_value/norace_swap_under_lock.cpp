// Intent: readers copy a pointer to an immutable value under a lock; the writer swaps that pointer under it.
// Expect: silent
// Primitive: std::mutex
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>

struct Config {
  int port;
  int workers;
};

std::shared_ptr<const Config> current = std::make_shared<Config>(Config{0, 0});
std::mutex currentMutex;

std::shared_ptr<const Config> readConfig() {
  std::lock_guard<std::mutex> lock(currentMutex);
  return current;
}

void replaceConfig(int value) {
  auto fresh = std::make_shared<const Config>(Config{value, value});
  std::lock_guard<std::mutex> lock(currentMutex);
  current.swap(fresh);
}

int main() {
  std::thread writer([] {
    for (int i = 1; i <= 300; ++i) replaceConfig(i);
  });
  bool consistent = true;
  auto readMany = [&consistent] {
    for (int i = 0; i < 300; ++i) {
      auto seen = readConfig();
      if (seen->port != seen->workers) consistent = false;
    }
  };
  std::thread reader(readMany);
  writer.join();
  reader.join();
  std::printf("%d %d\n", consistent, readConfig()->port);
}
