// Intent: mutexes are created, used by several threads and destroyed again and again in the same memory.
// Expect: silent
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>

struct Guarded {
  std::mutex mutex;
  int value = 0;
};

int main() {
  long total = 0;
  for (int round = 0; round < 40; ++round) {
    auto guarded = std::make_shared<Guarded>();
    auto add = [guarded] {
      std::lock_guard<std::mutex> lock(guarded->mutex);
      guarded->value += 1;
    };
    std::thread first(add), second(add);
    first.join();
    second.join();
    total += guarded->value;
  }
  std::printf("%ld\n", total);
}
