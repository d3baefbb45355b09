// Intent: eight threads write the same eight bytes one after the other: each conflicts with the one before.
// Expect: data race on 'word' at W1, W2
// Expect: data race on 'word' at W2, W3
// Expect: data race on 'word' at W3, W4
// Expect: data race on 'word' at W4, W5
// Expect: data race on 'word' at W5, W6
// Expect: data race on 'word' at W6, W7
// Expect: data race on 'word' at W7, W8
// Allow: data race on 'word' at W1|W2|W3|W4|W5|W6|W7, W2|W3|W4|W5|W6|W7|W8
#include <cstdio>
#include <thread>
#include <vector>

#include "invisible.h"

long word = 0;
InvisibleTurns turns;

__attribute__((noinline)) void write1() { word = 1; }  // RACE-W1
__attribute__((noinline)) void write2() { word = 2; }  // RACE-W2
__attribute__((noinline)) void write3() { word = 3; }  // RACE-W3
__attribute__((noinline)) void write4() { word = 4; }  // RACE-W4
__attribute__((noinline)) void write5() { word = 5; }  // RACE-W5
__attribute__((noinline)) void write6() { word = 6; }  // RACE-W6
__attribute__((noinline)) void write7() { word = 7; }  // RACE-W7
__attribute__((noinline)) void write8() { word = 8; }  // RACE-W8

int main() {
  void (*writers[])() = {write1, write2, write3, write4, write5, write6, write7, write8};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([i, &writers] {
      invisibleAwait(&turns, i);
      writers[i]();
      invisiblePass(&turns);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%ld\n", word);
}
