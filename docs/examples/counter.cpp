// Two threads count to a hundred thousand each. `counter += 1` reads, adds and writes: updates get lost.
#include <cstdio>
#include <thread>

int counter = 0;

void count() {
  for (int i = 0; i < 100000; ++i) {
    counter += 1;
  }
}

int main() {
  std::thread first(count);
  std::thread second(count);
  first.join();
  second.join();
  std::printf("counter = %d\n", counter);
}
