// Intent: "if it is not there, add it" without any lock: both threads may add.
// Expect: data race|check-then-act|lost update on 'Registry::size' at CHECK|ADD, ADD
// Allow: data race|check-then-act|lost update on '*' at CHECK|ADD|ENTRY, ADD|ENTRY
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Registry {
  int entries[16] = {};
  int size = 0;

  __attribute__((noinline)) bool contains(int wanted) const {
    const int end = size;  // RACE-CHECK
    for (int i = 0; i < end; ++i) {
      if (entries[i] == wanted) return true;  // RACE-ENTRY
    }
    return false;
  }

  __attribute__((noinline)) void add(int entry) {
    entries[size] = entry;  // RACE-ADD
    size += 1;              // RACE-ADD
  }
};

Registry registry;
InvisibleTurns turns;

void addOnce(int entry) {
  if (!registry.contains(entry)) registry.add(entry);
}

int main() {
  std::thread first([] {
    addOnce(7);
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    addOnce(8);
  });
  first.join();
  second.join();
  std::printf("%d\n", registry.size);
}
