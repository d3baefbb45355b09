// Intent: a thread writes to another thread's stack variable through a pointer.
// Expect: data race on '*' at OWNER, OTHER
// Allow: data race on 'published' at PUBLISH, OTHER
#include <cstdio>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
int* published = nullptr;

void first() {
  volatile int local;
  published = const_cast<int*>(&local);  // RACE-PUBLISH
  local = 1;  // RACE-OWNER
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
}

void second() {
  *published = 2;  // RACE-OTHER
  invisiblePass(&turns);
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
  std::printf("done\n");
}
