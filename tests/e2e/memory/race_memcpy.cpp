// Intent: memcpy out of a buffer conflicts with a write into the middle of it.
// Expect: data race on '*' at WRITE, COPY
// Primitive: memcpy
#include <cstdio>
#include <cstring>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
char buffer[64];
char copy[64];

void first() {
  buffer[37] = 'x';  // RACE-WRITE
}

void second() {
  std::memcpy(copy, buffer, sizeof copy);  // RACE-COPY
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
  std::printf("%d\n", copy[37]);
}
