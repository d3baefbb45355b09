// Intent: the latch is counted down before the work is done.
// Primitive: std::latch
// Libraries: libstdc++ libc++-static
// Expect: data race on 'parts' at WRITE, READ
#include <cstdio>
#include <latch>
#include <thread>

#include "invisible.h"

int parts[2];
InvisibleTurns turns;

int main() {
  std::latch done{2};
  auto work = [&done](int self) {
    done.count_down();
    if (self == 0) parts[0] = 1;
    if (self == 1) parts[1] = 2;  // RACE-WRITE
    invisiblePass(&turns);
  };
  std::thread first(work, 0);
  std::thread second(work, 1);
  done.wait();
  invisibleAwait(&turns, 2);
  int sum = parts[1];  // RACE-READ
  first.join();
  second.join();
  sum += parts[0];
  std::printf("%d\n", sum);
}
