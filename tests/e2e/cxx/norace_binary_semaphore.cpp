// Intent: a binary_semaphore as a lock.
// Primitive: std::binary_semaphore
// Libraries: libstdc++ libc++-static
// Expect: silent
#include <cstdio>
#include <semaphore>
#include <thread>

#include "invisible.h"

std::binary_semaphore lock{1};
int value = 0;
InvisibleTurns turns;

int main() {
  std::thread other([] {
    lock.acquire();
    value = 1;
    lock.release();
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  lock.acquire();
  int seen = value;
  lock.release();
  other.join();
  std::printf("%d\n", seen);
}
