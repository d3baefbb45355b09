// Intent: the race is reported although a thread ends the program by calling exit.
// Expect: data race on 'value' at WRITE, READ
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
int value = 0;

void first() {
  value = 1;  // RACE-WRITE
}

void second() {
  int seen = value;  // RACE-READ
  std::printf("%d\n", seen);
  std::exit(0);
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
  std::printf("not reached\n");
}
