// Intent: three philosophers take their left fork first, one after another: a cycle of three, none of two.
// Expect: lock-order inversion on 'forks|forks[0]' at EAT, EAT, EAT
// Libraries: libstdc++ libc++
// Primitive: lock order
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex forks[3];
int meals[3];
InvisibleTurns turns;

void eat(int self) {
  invisibleAwait(&turns, self);
  {
    std::lock_guard<std::mutex> left(forks[self]);
    std::lock_guard<std::mutex> right(forks[(self + 1) % 3]);  // RACE-EAT
    meals[self] += 1;
  }
  invisiblePass(&turns);
}

int main() {
  std::thread first(eat, 0), second(eat, 1), third(eat, 2);
  first.join();
  second.join();
  third.join();
  std::printf("%d\n", meals[0] + meals[1] + meals[2]);
}
