// Intent: accesses of different size and offset overlap in one byte only.
// Expect: data race on '*' at BYTE, WORD
#include <cstdio>
#include <cstring>
#include <thread>

#include "invisible.h"

alignas(8) char text[16];
InvisibleTurns turns;

void writeByte() {
  text[10] = 'x';  // RACE-BYTE
}

void writeWord() {
  int value = 0x01020304;
  std::memcpy(text + 7, &value, sizeof value);  // RACE-WORD
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
  std::printf("%d\n", text[10]);
}
