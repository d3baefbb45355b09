// Intent: a packaged_task that runs elsewhere, is reset and runs again.
// Primitive: std::packaged_task
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <future>
#include <thread>

#include "invisible.h"

int table = 0;
InvisibleTurns turns;

int main() {
  std::packaged_task<int(int)> task([](int value) {
    table = value;
    invisiblePass(&turns);
    return value * 2;
  });
  std::future<int> doubled = task.get_future();
  std::thread first([&task] { task(4); });
  int sum = doubled.get();
  invisibleAwait(&turns, 1);
  int seen = table;
  first.join();
  task.reset();
  doubled = task.get_future();
  std::thread second([&task] { task(5); });
  sum += doubled.get();
  second.join();
  std::printf("%d %d\n", seen, sum);
}
