// Intent: the twin of race_inline_function_releases: both writes are published.
// Expect: silent
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
int seen = 0;
std::atomic<int> ready{0};
InvisibleTurns turns;

// Inline, so that the pass summarises it although the linker may take another unit's copy.
inline __attribute__((noinline)) void announce(int step) { ready.store(step, std::memory_order_release); }

void send() {
  message = 1;
  announce(1);
  message = 2;
  announce(2);
}

void receive() {
  while (ready.load(std::memory_order_acquire) != 2) {
  }
  seen = message;
}

int main() {
  std::thread first([] {
    send();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    receive();
  });
  first.join();
  second.join();
  std::printf("%d\n", seen);
}
