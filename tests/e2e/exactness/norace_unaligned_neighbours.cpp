// Intent: accesses of different size and offset touch, but share no byte.
// Expect: silent
#include <cstdio>
#include <cstring>
#include <thread>

#include "invisible.h"

alignas(8) char text[16];
InvisibleTurns turns;

void writeByte() {
  text[11] = 'x';
}

void writeWord() {
  int value = 0x01020304;
  std::memcpy(text + 7, &value, sizeof value);
}

int main() {
  std::thread first([] {
    writeByte();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    writeWord();
  });
  first.join();
  second.join();
  std::printf("%d\n", text[11]);
}
