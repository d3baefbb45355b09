// Intent: arriving at a barrier without waiting does not come after the others.
// Primitive: std::barrier
// Libraries: libstdc++ libc++-static
// Expect: data race on 'left' at WRITE, READ
#include <barrier>
#include <cstdio>
#include <thread>
#include <vector>

#include "invisible.h"

int left = 0;
InvisibleTurns turns;

int main() {
  std::barrier round{2};
  int seen = 0;
  std::thread other([&] {
    left = 1;  // RACE-WRITE
    invisibleAwait(&turns, 1);
    invisiblePass(&turns);
    round.arrive_and_wait();
  });
  auto token = round.arrive();
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  seen = left;  // RACE-READ
  round.wait(std::move(token));
  other.join();
  std::printf("%d\n", seen);
}
