// Intent: five hundred threads one after the other reuse stacks, thread-local storage and thread indices.
// Expect: silent
#include <cstdio>
#include <thread>

thread_local int own = 0;
long sum = 0;

int main() {
  for (int i = 0; i < 500; ++i) {
    std::thread([i] {
      int local[16] = {};
      for (int& value : local) value = ++own;
      sum += local[15] + i;
    }).join();
  }
  std::printf("%ld\n", sum);
}
