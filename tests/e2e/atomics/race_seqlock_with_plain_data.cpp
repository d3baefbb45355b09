// Intent: a seqlock whose data is plain: a reader that throws its copy away has raced all the same.
// Primitive: fences: seqlock
// Libraries: libstdc++ libc++
// Expect: data race on 'Pair::first|shared' at WRITE, READ
// Allow: data race on 'Pair::second|shared' at WRITE2, READ2
// Reference: does not know fences
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Pair {
  long first, second;
} shared;
std::atomic<unsigned> sequence{0};
InvisibleTurns turns;

void write(long value) {
  sequence.store(sequence.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  shared.first = value;    // RACE-WRITE
  shared.second = -value;  // RACE-WRITE2
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  sequence.store(sequence.load(std::memory_order_relaxed) + 1, std::memory_order_release);
}

// Half a copy gives another sum than 0.
bool tryRead(long& sum) {
  unsigned before = sequence.load(std::memory_order_acquire);
  long first = shared.first;    // RACE-READ
  long second = shared.second;  // RACE-READ2
  std::atomic_thread_fence(std::memory_order_acquire);
  sum = first + second;
  return before % 2 == 0 && sequence.load(std::memory_order_relaxed) == before;
}

int main() {
  std::thread writer([] {
    write(1);
  });
  invisibleAwait(&turns, 1);
  long sum = 0;
  int wrong = tryRead(sum) ? 1 : 0;
  invisiblePass(&turns);
  writer.join();
  std::printf("%d %d\n", wrong, sum > 1000);
}
