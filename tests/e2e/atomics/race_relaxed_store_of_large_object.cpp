// Intent: a relaxed store of 24 bytes, which libatomic does under a lock of its own, publishes nothing.
// Expect: data race on 'message' at WRITE, READ
// Primitive: atomic larger than 16 bytes
// Libraries: libstdc++ libc++
// Flags: -latomic -Wno-atomic-alignment
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Box {
  long low, high, color;
};

int message = 0;
std::atomic<Box> box{};
InvisibleTurns turns;

int main() {
  std::thread sender([] {
    message = 42;  // RACE-WRITE
    box.store({1, 2, 3}, std::memory_order_relaxed);
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  int seen = 0;
  if (box.load(std::memory_order_acquire).color == 3) seen = message;  // RACE-READ
  sender.join();
  std::printf("%d\n", seen);
}
