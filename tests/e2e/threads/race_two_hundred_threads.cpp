// Intent: of two hundred threads alive at once, the first and the last write the same word.
// Expect: data race on 'word' at FIRST, LAST
// Runs: 3
#include <cstdio>
#include <thread>
#include <vector>

#include "invisible.h"

long word = 0;
InvisibleTurns turns;

void writeFirst() {
  word = 1;  // RACE-FIRST
}

void writeLast() {
  word = 200;  // RACE-LAST
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 200; ++i) {
    threads.emplace_back([i] {
      if (i == 0) writeFirst();
      invisibleMeet(&turns, 200);
      if (i == 199) writeLast();
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%ld\n", word);
}
