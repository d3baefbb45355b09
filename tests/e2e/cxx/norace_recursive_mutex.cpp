// Intent: the inner unlock of a recursive_mutex keeps the lock.
// Primitive: std::recursive_mutex
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::recursive_mutex mutex;
int value = 0;
InvisibleTurns turns;

int main() {
  std::thread other([] {
    mutex.lock();
    mutex.lock();
    mutex.unlock();
    value = 1;
    mutex.unlock();
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  mutex.lock();
  int seen = value;
  mutex.unlock();
  other.join();
  std::printf("%d\n", seen);
}
