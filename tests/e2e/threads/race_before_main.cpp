// Intent: a thread that a constructor started before main races with main.
// Expect: data race on 'setting' at MAIN, EARLY
#include <cstdio>
#include <thread>

#include "invisible.h"

int setting = 0;
InvisibleTurns turns;

std::thread early([] {
  invisibleAwait(&turns, 1);
  setting = 2;  // RACE-EARLY
});

int main() {
  setting = 1;  // RACE-MAIN
  invisiblePass(&turns);
  early.join();
  std::printf("%d\n", setting);
}
