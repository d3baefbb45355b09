// Intent: assigning a whole record conflicts with a write to one of its fields.
// Expect: data race on '*' at WRITE, COPY
#include <cstdio>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
struct Record {
  long numbers[9];
};

Record record, copy;

void first() {
  record.numbers[5] = 5;  // RACE-WRITE
}

void second() {
  copy = record;  // RACE-COPY
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
  std::printf("%ld\n", copy.numbers[5]);
}
