// Intent: a seqlock whose data is atomic and relaxed, with fences; readers retry.
// Primitive: fences: seqlock
// Libraries: libstdc++ libc++
// Expect: silent
// Reference: does not know fences
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Pair {
  std::atomic<long> first{0}, second{0};
} shared;
std::atomic<unsigned> sequence{0};

void write(long value) {
  sequence.store(sequence.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  shared.first.store(value, std::memory_order_relaxed);
  shared.second.store(-value, std::memory_order_relaxed);
  sequence.store(sequence.load(std::memory_order_relaxed) + 1, std::memory_order_release);
}

// Half a copy gives another sum than 0.
bool tryRead(long& sum) {
  unsigned before = sequence.load(std::memory_order_acquire);
  long first = shared.first.load(std::memory_order_relaxed);
  long second = shared.second.load(std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_acquire);
  sum = first + second;
  return before % 2 == 0 && sequence.load(std::memory_order_relaxed) == before;
}

int main() {
  std::thread writer([] {
    for (long i = 1; i <= 200; ++i) write(i);
  });
  long sum = 0;
  int wrong = 0;
  for (int reads = 0; reads < 200; ++reads) {
    while (!tryRead(sum)) std::this_thread::yield();
    wrong += sum != 0;
  }
  writer.join();
  std::printf("%d\n", wrong);
}
