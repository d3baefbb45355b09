// Intent: a single-producer single-consumer ring whose indices are released and acquired.
// Expect: silent
// Primitive: atomic acquire and release
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>

struct Ring {
  std::string slots[8];
  std::atomic<unsigned> head{0};
  std::atomic<unsigned> tail{0};

  bool push(std::string value) {
    unsigned at = head.load(std::memory_order_relaxed);
    if (at - tail.load(std::memory_order_acquire) == 8) return false;
    slots[at % 8] = std::move(value);
    head.store(at + 1, std::memory_order_release);
    return true;
  }

  bool pop(std::string* value) {
    unsigned at = tail.load(std::memory_order_relaxed);
    if (at == head.load(std::memory_order_acquire)) return false;
    *value = std::move(slots[at % 8]);
    tail.store(at + 1, std::memory_order_release);
    return true;
  }
};

int main() {
  Ring ring;
  std::thread producer([&ring] {
    for (int i = 1; i <= 100; ++i) {
      while (!ring.push("message number " + std::to_string(i))) std::this_thread::yield();
    }
  });
  size_t letters = 0;
  std::thread consumer([&ring, &letters] {
    std::string message;
    for (int i = 1; i <= 100; ++i) {
      while (!ring.pop(&message)) std::this_thread::yield();
      letters += message.size();
    }
  });
  producer.join();
  consumer.join();
  std::printf("%zu\n", letters);
}
