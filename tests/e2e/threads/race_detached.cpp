// Intent: a detached thread has ended long ago, but nothing orders what it did before main's read.
// Expect: data race on 'result' at WRITE, READ
// Primitive: std::thread, pthread_detach
#include <cstdio>
#include <thread>

#include "invisible.h"

int result = 0;
InvisibleTurns turns;

void compute() {
  result = 42;  // RACE-WRITE
  invisiblePass(&turns);
}

int main() {
  std::thread(compute).detach();
  invisibleAwait(&turns, 1);
  int seen = result;  // RACE-READ
  std::printf("%d\n", seen);
}
