// Intent: what a task writes is read before its future is ready.
// Primitive: std::packaged_task
// Libraries: libstdc++ libc++
// Expect: data race on 'table' at WRITE, READ
#include <cstdio>
#include <future>
#include <thread>

#include "invisible.h"

int table = 0;
InvisibleTurns turns;

int main() {
  std::packaged_task<int(int)> task([](int value) {
    table = value;  // RACE-WRITE
    invisiblePass(&turns);
    return value * 2;
  });
  std::future<int> doubled = task.get_future();
  std::thread first([&task] { task(4); });
  invisibleAwait(&turns, 1);
  int seen = table;  // RACE-READ
  int sum = doubled.get();
  first.join();
  task.reset();
  doubled = task.get_future();
  std::thread second([&task] { task(5); });
  sum += doubled.get();
  second.join();
  std::printf("%d %d\n", seen, sum);
}
