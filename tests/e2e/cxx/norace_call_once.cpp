// Intent: whoever returns from call_once comes after the call that did the work.
// Primitive: std::call_once
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::once_flag once;
int table = 0;
InvisibleTurns turns;

void fill() {
  table = 3;
  invisiblePass(&turns);
}

int main() {
  std::thread other([] { std::call_once(once, fill); });
  invisibleAwait(&turns, 1);
  std::call_once(once, fill);
  int seen = table;
  other.join();
  std::call_once(once, fill);
  std::printf("%d\n", seen);
}
