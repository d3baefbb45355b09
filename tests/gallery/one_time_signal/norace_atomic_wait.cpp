// Intent: atomic::wait and notify carry the signal.
// Expect: silent
// Primitive: atomic wait and notify
#include <atomic>
#include <cstdio>
#include <thread>

int result = 0;
std::atomic<bool> ready{false};

int main() {
  int seen = 0;
  std::thread consumer([&seen] {
    ready.wait(false, std::memory_order_acquire);
    seen = result;
  });
  std::thread producer([] {
    result = 42;
    ready.store(true, std::memory_order_release);
    ready.notify_all();
  });
  producer.join();
  consumer.join();
  std::printf("%d\n", seen);
}
