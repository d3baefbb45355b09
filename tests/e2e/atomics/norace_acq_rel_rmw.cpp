// Intent: acq_rel read-modify-writes on both sides.
// Expect: silent
// Primitive: atomic acq_rel
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
std::atomic<int> flag{0};
InvisibleTurns turns;
int seen = 0;

void send() {
  message = 42;
  flag.fetch_or(1, std::memory_order_acq_rel);
}

void receive() {
  if (flag.fetch_and(3, std::memory_order_acq_rel) != 1) return;
  seen = message;
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
