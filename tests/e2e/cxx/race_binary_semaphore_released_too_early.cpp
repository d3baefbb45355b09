// Intent: a binary_semaphore is released before the last write.
// Primitive: std::binary_semaphore
// Libraries: libstdc++ libc++-static
// Expect: data race on 'value' at WRITE, READ
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
    lock.release();
    value = 1;  // RACE-WRITE
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  lock.acquire();
  int seen = value;  // RACE-READ
  lock.release();
  other.join();
  std::printf("%d\n", seen);
}
