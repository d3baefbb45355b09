// Intent: the buffer is thread_local, so each thread has its own.
// Expect: silent
// Primitive: std::thread
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

thread_local std::string scratch;

size_t describe(int number) {
  scratch = "number ";
  scratch += std::to_string(number);
  return scratch.size();
}

int main() {
  size_t letters[4] = {};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&letters, i] {
      for (int number = 0; number < 100; ++number) letters[i] += describe(number);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%zu %zu\n", letters[0], letters[3]);
}
