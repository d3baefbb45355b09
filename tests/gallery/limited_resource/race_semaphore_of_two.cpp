// Intent: a semaphore that admits two threads is used as if it were a mutex.
// Expect: lost update on 'inUse' at USE, USE
// Primitive: std::counting_semaphore
#include <cstdio>
#include <semaphore>
#include <thread>

#include "invisible.h"

std::counting_semaphore<2> slots{2};
int inUse = 0;
InvisibleTurns turns;

void useResource() {
  inUse += 1;  // RACE-USE
}

int main() {
  std::thread first([] {
    slots.acquire();
    useResource();
    invisiblePass(&turns);
    invisibleAwait(&turns, 2);
    slots.release();
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    slots.acquire();
    useResource();
    slots.release();
    invisiblePass(&turns);
  });
  first.join();
  second.join();
  std::printf("%d\n", inUse);
}
