// Intent: what publishes the first write is an inline function of C++: it must not pass for one that does not synchronise.
// Expect: data race on 'message' at READ, SECOND
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
  message = 2;  // RACE-SECOND
}

void receive() {
  while (ready.load(std::memory_order_acquire) == 0) {
  }
  seen = message;  // RACE-READ
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
