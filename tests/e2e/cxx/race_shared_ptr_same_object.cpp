// Intent: two threads use the same shared_ptr object: the counts are atomic, the pointer is not.
// Primitive: std::shared_ptr, std::weak_ptr
// Libraries: libstdc++ libc++
// Expect: data race on '*' at WRITE, READ
// Allow: data race|use after free on '*' at WRITE, READ
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

#include "invisible.h"

InvisibleTurns turns;
std::shared_ptr<int> global = std::make_shared<int>(1);

int main() {
  int seen = 0;
  std::thread reader([&seen] {
    if (global.get() != nullptr) seen = 1;  // RACE-READ
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  global.reset();  // RACE-WRITE
  reader.join();
  std::printf("%d\n", seen);
}
