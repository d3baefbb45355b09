// Intent: ten million calls and a million lock operations lie between the two accesses; both stacks are still known.
// Expect: lost update on 'counter' at ADD, ADD
// Says: firstCaller
// Says: secondCaller
// Runs: 2
// Reference: forgets the first access
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

int counter = 0;
long work[64];
long locked = 0;
std::mutex lockedMutex;
InvisibleTurns turns;

__attribute__((noinline)) void addOne() {
  counter += 1;  // RACE-ADD
}

__attribute__((noinline)) void firstCaller() {
  addOne();
  invisibleYield();  // keeps this from being a tail call
}

__attribute__((noinline)) void secondCaller() {
  addOne();
  invisibleYield();
}

__attribute__((noinline)) void touch(int i) { work[i % 64] += i; }

void workForLong() {
  for (int i = 0; i < 10'000'000; ++i) touch(i);
  for (int i = 0; i < 1'000'000; ++i) {
    std::lock_guard<std::mutex> lock(lockedMutex);
    locked += 1;
  }
}

int main() {
  std::thread first([] {
    firstCaller();
    workForLong();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    secondCaller();
  });
  first.join();
  second.join();
  std::printf("%d %ld %ld\n", counter, work[5], locked);
}
