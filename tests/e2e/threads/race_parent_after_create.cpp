// Intent: the parent goes on writing after it created the thread that reads.
// Expect: data race on 'limit' at WRITE, READ
// Primitive: std::thread
#include <cstdio>
#include <thread>

#include "invisible.h"

int limit = 1;
int seen = 0;
InvisibleTurns turns;

int main() {
  std::thread reader([] {
    invisibleAwait(&turns, 1);
    seen = limit;  // RACE-READ
  });
  limit = 2;  // RACE-WRITE
  invisiblePass(&turns);
  reader.join();
  std::printf("%d\n", seen);
}
