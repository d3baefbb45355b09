// Intent: std::latch is the signal.
// Expect: silent
// Primitive: std::latch
#include <cstdio>
#include <latch>
#include <thread>

int result = 0;
std::latch ready{1};

int main() {
  int seen = 0;
  std::thread consumer([&seen] {
    ready.wait();
    seen = result;
  });
  std::thread producer([] {
    result = 42;
    ready.count_down();
  });
  producer.join();
  consumer.join();
  std::printf("%d\n", seen);
}
