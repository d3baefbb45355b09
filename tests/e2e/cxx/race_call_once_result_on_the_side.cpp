// Intent: a flag beside call_once is set before the call is over, and read instead of calling.
// Primitive: std::call_once
// Libraries: libstdc++ libc++
// Expect: data race on 'table' at WRITE, READ
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::once_flag once;
int table = 0;
InvisibleTurns turns;

void fill() {
  table = 3;  // RACE-WRITE
  invisiblePass(&turns);
}

int main() {
  std::thread other([] { std::call_once(once, fill); });
  invisibleAwait(&turns, 1);
  int seen = table;  // RACE-READ
  other.join();
  std::call_once(once, fill);
  std::printf("%d\n", seen);
}
