// Intent: eight threads have read a word before a ninth writes it: no reader is forgotten.
// Reference: remembers four accesses
// Expect: data race on 'word' at R1, WRITE
// Expect: data race on 'word' at R2, WRITE
// Expect: data race on 'word' at R3, WRITE
// Expect: data race on 'word' at R4, WRITE
// Expect: data race on 'word' at R5, WRITE
// Expect: data race on 'word' at R6, WRITE
// Expect: data race on 'word' at R7, WRITE
// Expect: data race on 'word' at R8, WRITE
#include <cstdio>
#include <thread>
#include <vector>

#include "invisible.h"

long word = 7;
long seen[8];
InvisibleTurns turns;

__attribute__((noinline)) void read1() { seen[0] = word; }  // RACE-R1
__attribute__((noinline)) void read2() { seen[1] = word; }  // RACE-R2
__attribute__((noinline)) void read3() { seen[2] = word; }  // RACE-R3
__attribute__((noinline)) void read4() { seen[3] = word; }  // RACE-R4
__attribute__((noinline)) void read5() { seen[4] = word; }  // RACE-R5
__attribute__((noinline)) void read6() { seen[5] = word; }  // RACE-R6
__attribute__((noinline)) void read7() { seen[6] = word; }  // RACE-R7
__attribute__((noinline)) void read8() { seen[7] = word; }  // RACE-R8

void writeWord() {
  word = 9;  // RACE-WRITE
}

int main() {
  void (*readers[])() = {read1, read2, read3, read4, read5, read6, read7, read8};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([i, &readers] {
      readers[i]();
      invisiblePass(&turns);
    });
  }
  threads.emplace_back([] {
    invisibleAwait(&turns, 8);
    writeWord();
  });
  for (std::thread& thread : threads) thread.join();
  std::printf("%ld %ld\n", word, seen[0] + seen[7]);
}
