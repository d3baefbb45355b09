// Intent: an atomic write and a plain read of the same bytes conflict.
// Expect: data race on '*' at STORE, READ
// Primitive: atomic and plain mixed
#include <cstdio>
#include <thread>

#include "invisible.h"

int value = 0;
InvisibleTurns turns;
int seen = 0;

void storeAtomically() {
  __atomic_store_n(&value, 5, __ATOMIC_RELEASE);  // RACE-STORE
}

void readPlainly() {
  seen = value;  // RACE-READ
}

int main() {
  std::thread first([] {
    storeAtomically();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    readPlainly();
  });
  first.join();
  second.join();
  std::printf("%d\n", seen);
}
