// Intent: the outermost unlock comes before the write.
// Primitive: std::recursive_mutex
// Libraries: libstdc++ libc++
// Expect: data race on 'value' at WRITE, READ
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
    mutex.unlock();
    value = 1;  // RACE-WRITE
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  mutex.lock();
  int seen = value;  // RACE-READ
  mutex.unlock();
  other.join();
  std::printf("%d\n", seen);
}
