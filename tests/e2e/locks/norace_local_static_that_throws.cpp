// Intent: a local static whose first initialisation throws.
// Expect: silent
// Primitive: function-local static
#include <atomic>
#include <cstdio>
#include <stdexcept>
#include <thread>

std::atomic<int> staticAttempts{0};

struct Fragile {
  int content = 0;
  Fragile() {
    if (staticAttempts.fetch_add(1) == 0) throw std::runtime_error("not yet");
    content = 9;
  }
};

int fragileContent() {
  while (true) {
    try {
      static Fragile fragile;
      return fragile.content;
    } catch (const std::runtime_error&) {
    }
  }
}

int main() {
  int seen[4];
  auto work = [&seen](int self) { seen[self] = fragileContent(); };
  std::thread first(work, 0), second(work, 1), third(work, 2), fourth(work, 3);
  first.join();
  second.join();
  third.join();
  fourth.join();
  std::printf("%d %d %d %d\n", seen[0], seen[1], seen[2], seen[3]);
}
