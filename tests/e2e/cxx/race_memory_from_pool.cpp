// Intent: a synchronized_pool_resource protects itself, not what is done with the memory it hands out.
// Primitive: std::pmr::memory_resource
// Libraries: libstdc++ libc++
// Expect: data race on '*' at WRITE, READ
#include <cstdio>
#include <memory_resource>
#include <thread>
#include <vector>

#include "invisible.h"

InvisibleTurns turns;

int main() {
  std::pmr::synchronized_pool_resource pool;
  std::pmr::vector<int> values(4, 0, &pool);
  int seen = 0;
  std::thread other([&values, &pool] {
    std::pmr::vector<int> mine(4, 1, &pool);
    values[2] = mine[0];  // RACE-WRITE
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  seen = values[2];  // RACE-READ
  other.join();
  std::printf("%d\n", seen);
}
