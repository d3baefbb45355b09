// Intent: memset of a size known at run time conflicts with a read of its last byte.
// Expect: data race on '*' at FILL, READ
// Primitive: memset
#include <cstdio>
#include <cstring>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
char buffer[300];
volatile size_t size = 300;
char seen = 0;

void first() {
  std::memset(buffer, 'y', size);  // RACE-FILL
}

void second() {
  seen = buffer[299];  // RACE-READ
}

int main() {
  std::thread one([] {
    first();
    invisiblePass(&turns);
  });
  std::thread two([] {
    invisibleAwait(&turns, 1);
    second();
  });
  one.join();
  two.join();
  std::printf("%d\n", seen);
}
