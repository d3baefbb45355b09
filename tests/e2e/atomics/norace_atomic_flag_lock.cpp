// Intent: a lock of an atomic_flag with acquire and release.
// Primitive: std::atomic_flag
// Libraries: libstdc++ libc++
// Expect: silent
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic_flag busy = ATOMIC_FLAG_INIT;
int count = 0;

void work() {
  for (int i = 0; i < 200; ++i) {
    while (busy.test_and_set(std::memory_order_acquire))
      while (busy.test(std::memory_order_relaxed)) std::this_thread::yield();
    ++count;
    busy.clear(std::memory_order_release);
  }
}

int main() {
  std::thread other(work);
  work();
  other.join();
  std::printf("%d\n", count);
}
