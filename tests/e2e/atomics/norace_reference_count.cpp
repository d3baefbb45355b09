// Intent: whoever drops the last reference may delete: decrements release, and a fence or an order acquires.
// Expect: silent
// Primitive: fence-based reference count
// Reference: does not know fences
#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

struct Shared {
  std::atomic<int> references{4};
  int values[4] = {};

  void drop(int slot) {
    values[slot] = slot + 1;
    if (references.fetch_sub(1, std::memory_order_release) != 1) return;
    std::atomic_thread_fence(std::memory_order_acquire);
    std::printf("%d\n", values[0] + values[1] + values[2] + values[3]);
    delete this;
  }
};

int main() {
  auto* shared = new Shared;
  auto pointer = std::make_shared<std::vector<int>>(100, 1);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([shared, pointer, i]() mutable {
      (*pointer)[i] += i;
      pointer.reset();
      shared->drop(i);
    });
  }
  pointer.reset();
  for (std::thread& thread : threads) thread.join();
}
