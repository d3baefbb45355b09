// Intent: very many mutexes are alive and used by two threads. -DMUTEXES=1000000 is the full claim.
// Expect: silent
// Primitive: std::mutex
// Runs: 2
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>

#ifndef MUTEXES
#define MUTEXES 50000
#endif

struct Cell {
  std::mutex mutex;
  int value = 0;
};

int main() {
  auto cells = std::make_unique<Cell[]>(MUTEXES);
  auto visit = [&cells] {
    for (int i = 0; i < MUTEXES; ++i) {
      std::lock_guard<std::mutex> outer(cells[i].mutex);
      cells[i].value += 1;
      if (i + 1 == MUTEXES) break;
      std::lock_guard<std::mutex> inner(cells[i + 1].mutex);
      cells[i + 1].value += 1;
    }
  };
  std::thread first(visit), second(visit);
  first.join();
  second.join();
  long sum = 0;
  for (int i = 0; i < MUTEXES; ++i) sum += cells[i].value;
  std::printf("%d\n", sum == 2L * (2L * MUTEXES - 1));
}
