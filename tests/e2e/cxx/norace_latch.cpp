// Intent: whoever waits for a latch comes after everybody who counted it down.
// Primitive: std::latch
// Libraries: libstdc++ libc++-static
// Expect: silent
#include <cstdio>
#include <latch>
#include <thread>

#include "invisible.h"

int parts[2];
InvisibleTurns turns;

int main() {
  std::latch done{2};
  auto work = [&done](int self) {
    parts[self] = self + 1;
    done.count_down();
    invisiblePass(&turns);
  };
  std::thread first(work, 0);
  std::thread second(work, 1);
  done.wait();
  invisibleAwait(&turns, 2);
  int sum = parts[1];
  first.join();
  second.join();
  sum += parts[0];
  std::printf("%d\n", sum);
}
