// Intent: readers and writers of a shared_mutex, in every direction.
// Primitive: std::shared_mutex, std::shared_lock
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "invisible.h"

std::shared_mutex mutex;
int cache = 0;
InvisibleTurns turns;

int main() {
  int seen = 0;
  std::thread other([] {
    std::unique_lock<std::shared_mutex> guard(mutex);
    cache = 1;
    guard.unlock();
    invisiblePass(&turns);
  });
  {
    invisibleAwait(&turns, 1);
    std::shared_lock<std::shared_mutex> guard(mutex);
    seen = cache;
  }
  other.join();
  std::thread writer([] {
    invisibleAwait(&turns, 2);
    if (!mutex.try_lock()) return;
    ++cache;
    mutex.unlock();
    invisiblePass(&turns);
  });
  if (mutex.try_lock_shared()) {
    seen += cache;
    mutex.unlock_shared();
  }
  invisiblePass(&turns);
  invisibleAwait(&turns, 3);
  mutex.lock_shared();
  seen += cache;
  mutex.unlock_shared();
  writer.join();
  std::printf("%d\n", seen);
}
