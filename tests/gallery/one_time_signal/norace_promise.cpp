// Intent: a std::promise is the signal.
// Expect: silent
// Primitive: std::promise, std::future
#include <cstdio>
#include <future>
#include <thread>

int result = 0;
std::promise<void> ready;

int main() {
  int seen = 0;
  std::thread consumer([&seen] {
    ready.get_future().wait();
    seen = result;
  });
  std::thread producer([] {
    result = 42;
    ready.set_value();
  });
  producer.join();
  consumer.join();
  std::printf("%d\n", seen);
}
