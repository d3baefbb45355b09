// Intent: acq_rel read-modify-writes of two different atomics order nothing.
// Expect: data race on 'message' at WRITE, READ
// Primitive: atomic acq_rel
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
std::atomic<int> flag{0};
std::atomic<int> other{0};
InvisibleTurns turns;
int seen = 0;

void send() {
  message = 42;  // RACE-WRITE
  flag.fetch_add(1, std::memory_order_acq_rel);
}

void receive() {
  if (other.fetch_add(1, std::memory_order_acq_rel) != 0) return;
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
