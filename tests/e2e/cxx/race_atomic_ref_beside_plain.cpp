// Intent: one thread uses an atomic_ref, the other the plain object.
// Primitive: std::atomic_ref
// Libraries: libstdc++ libc++
// Expect: data race|lost update on 'Counter::hits|counter' at ATOMIC, PLAIN
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
    std::atomic_ref<long>(counter.hits).fetch_add(1);  // RACE-ATOMIC
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  counter.hits = 5;  // RACE-PLAIN
  other.join();
  counter.hits += counter.spare;
  std::printf("%ld\n", counter.hits);
}
