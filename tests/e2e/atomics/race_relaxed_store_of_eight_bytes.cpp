// Intent: an acquire load of eight bytes learns nothing from a relaxed store.
// Expect: data race on 'message' at WRITE, READ
// Primitive: atomic 8 bytes, atomic relaxed
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
std::atomic<uint64_t> flag{0};
InvisibleTurns turns;
int seen = 0;

void send() {
  message = 42;  // RACE-WRITE
  flag.store(1, std::memory_order_relaxed);
}

void receive() {
  if (flag.load(std::memory_order_acquire) != 1) return;
  seen = message;  // RACE-READ
}

int main() {
  std::thread sender([] {
    send();
    invisiblePass(&turns);
  });
  std::thread receiver([] {
    invisibleAwait(&turns, 1);
    receive();
  });
  sender.join();
  receiver.join();
  std::printf("%d\n", seen);
}
