// Intent: a field of a record inside a record on the heap is named with its path or its own type.
// Expect: data race on 'Outer::in.level|Inner::level' at WRITE, READ
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Inner {
  int kind = 0;
  int level = 0;
};

struct Outer {
  long id = 0;
  Inner in;
};

Outer* outer = new Outer;
InvisibleTurns turns;
int seen = 0;

void raise() {
  outer->in.level = 9;  // RACE-WRITE
}

void look() {
  seen = outer->in.level;  // RACE-READ
}

int main() {
  std::thread first([] {
    raise();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    look();
  });
  first.join();
  second.join();
  std::printf("%d\n", seen);
  delete outer;
}
