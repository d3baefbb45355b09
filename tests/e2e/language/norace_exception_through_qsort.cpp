// Intent: exceptions pass through a frame of libc's qsort while a lock is held below it.
// Expect: silent
// Primitive: exceptions through foreign frames
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <thread>

std::mutex mutex;
int counter = 0;

int refuse(const void*, const void*) {
  std::lock_guard<std::mutex> lock(mutex);
  counter += 1;
  throw std::runtime_error("these have no order");
}

void work() {
  int numbers[4] = {3, 1, 4, 2};
  for (int round = 0; round < 50; ++round) {
    try {
      std::qsort(numbers, 4, sizeof(int), refuse);
    } catch (const std::runtime_error&) {
      std::lock_guard<std::mutex> lock(mutex);
      counter += 1;
    }
  }
}

int main() {
  std::thread one(work), two(work);
  one.join();
  two.join();
  std::printf("%d\n", counter);
}
