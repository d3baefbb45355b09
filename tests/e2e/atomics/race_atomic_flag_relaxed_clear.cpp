// Intent: a lock of an atomic_flag is given back with a relaxed clear.
// Primitive: std::atomic_flag
// Libraries: libstdc++ libc++
// Expect: data race on 'value' at WRITE, READ
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

std::atomic_flag busy = ATOMIC_FLAG_INIT;
int value = 0;
InvisibleTurns turns;

int main() {
  std::thread other([] {
    while (busy.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
    value = 1;  // RACE-WRITE
    busy.clear(std::memory_order_relaxed);
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  while (busy.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
  int seen = value;  // RACE-READ
  busy.clear(std::memory_order_release);
  other.join();
  std::printf("%d\n", seen);
}
