// Intent: exceptions are thrown, caught, rethrown and carried to another thread.
// Expect: silent
// Libraries: libstdc++ libc++
// Primitive: exceptions, std::exception_ptr
#include <cstdio>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

std::mutex mutex;
int counter = 0;

int riskyAdd(int depth) {
  std::lock_guard<std::mutex> lock(mutex);
  counter += 1;
  if (depth == 3) throw std::runtime_error("depth " + std::to_string(depth));
  return depth;
}

void work(std::exception_ptr* last) {
  for (int i = 0; i < 40; ++i) {
    try {
      riskyAdd(i % 4);
    } catch (const std::runtime_error& error) {
      *last = std::current_exception();
    }
  }
}

int main() {
  std::exception_ptr lasts[2];
  std::thread first(work, &lasts[0]), second(work, &lasts[1]);
  first.join();
  second.join();
  for (std::exception_ptr& last : lasts) {
    try {
      std::rethrow_exception(last);
    } catch (const std::exception& error) {
      std::printf("%s\n", error.what());
    }
  }
  std::printf("%d\n", counter);
}
