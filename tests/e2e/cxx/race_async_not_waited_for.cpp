// Intent: a task of std::async is unordered with its caller until the future is waited for.
// Primitive: std::async
// Libraries: libstdc++ libc++
// Expect: data race on 'result' at WRITE, READ
#include <cstdio>
#include <future>

#include "invisible.h"

int result = 0;
InvisibleTurns turns;

int main() {
  auto task = std::async(std::launch::async, [] {
    invisibleAwait(&turns, 1);
    result = 42;  // RACE-WRITE
    invisiblePass(&turns);
    return 1;
  });
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  int seen = result;  // RACE-READ
  int answer = task.get();
  std::printf("%d %d\n", seen, answer);
}
