// Intent: every thread uses an atomic_ref while there are several.
// Primitive: std::atomic_ref
// Libraries: libstdc++ libc++
// Expect: silent
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Counter {
  alignas(8) long hits;
  long spare;
} counter;
InvisibleTurns turns;

int main() {
  std::thread other([] {
    std::atomic_ref<long>(counter.hits).fetch_add(1);
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  std::atomic_ref<long>(counter.hits).store(5);
  other.join();
  counter.hits += counter.spare;
  std::printf("%ld\n", counter.hits);
}
