// Intent: a library function that reads a string conflicts with a write to the string.
// Expect: data race on '*' at WRITE, COPY
// Primitive: strcpy
#include <cstdio>
#include <cstring>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
char text[32] = "some words";
char copy[32];

void first() {
  text[3] = 'i';  // RACE-WRITE
}

__attribute__((noinline)) void copyText(char* to, const char* from) {
  std::strcpy(to, from);  // RACE-COPY
}

void second() { copyText(copy, text); }

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
  std::printf("%s\n", copy);
}
