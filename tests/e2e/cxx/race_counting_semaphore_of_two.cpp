// Intent: with a count of two, both threads are inside at the same time.
// Primitive: std::counting_semaphore
// Libraries: libstdc++ libc++-static
// Expect: data race|lost update on 'uses' at ADD, ADD
#include <chrono>
#include <cstdio>
#include <semaphore>
#include <thread>

#include "invisible.h"

std::counting_semaphore<4> tokens{2};
int uses = 0;
InvisibleTurns turns;

int main() {
  std::thread other([] {
    tokens.acquire();
    uses += 1;  // RACE-ADD
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
    tokens.release();
  });
  tokens.acquire();
  invisibleAwait(&turns, 1);
  uses += 1;  // RACE-ADD
  invisiblePass(&turns);
  other.join();
  std::printf("%d\n", uses);
}
