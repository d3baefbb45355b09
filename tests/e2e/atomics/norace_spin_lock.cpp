// Intent: a spin lock made of an atomic_flag protects a counter.
// Expect: silent
// Primitive: std::atomic_flag
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic_flag locked = ATOMIC_FLAG_INIT;
long counter = 0;

void addMany() {
  for (int i = 0; i < 300; ++i) {
    while (locked.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
    counter += i;
    locked.clear(std::memory_order_release);
  }
}

int main() {
  std::thread first(addMany), second(addMany);
  first.join();
  second.join();
  std::printf("%ld\n", counter);
}
