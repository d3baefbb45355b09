// Intent: memset up to, and a write right behind its last byte.
// Expect: silent
// Primitive: memset
#include <cstdio>
#include <cstring>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
char buffer[300];
volatile size_t size = 299;

void first() { std::memset(buffer, 'y', size); }

void second() { buffer[299] = 'z'; }

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
  std::printf("%d %d\n", buffer[298], buffer[299]);
}
