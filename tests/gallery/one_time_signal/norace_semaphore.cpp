// Intent: a std::binary_semaphore is the signal.
// Expect: silent
// Primitive: std::counting_semaphore
#include <cstdio>
#include <semaphore>
#include <thread>

int result = 0;
std::binary_semaphore ready{0};

int main() {
  int seen = 0;
  std::thread consumer([&seen] {
    ready.acquire();
    seen = result;
  });
  std::thread producer([] {
    result = 42;
    ready.release();
  });
  producer.join();
  consumer.join();
  std::printf("%d\n", seen);
}
