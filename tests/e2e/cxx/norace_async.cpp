// Intent: a future's get comes after all that the task did.
// Primitive: std::async
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <future>

#include "invisible.h"

int result = 0;
InvisibleTurns turns;

int main() {
  auto task = std::async(std::launch::async, [] {
    invisibleAwait(&turns, 1);
    result = 42;
    invisiblePass(&turns);
    return 1;
  });
  invisiblePass(&turns);
  int answer = task.get();
  invisibleAwait(&turns, 2);
  int seen = result;
  std::printf("%d %d\n", seen, answer);
}
