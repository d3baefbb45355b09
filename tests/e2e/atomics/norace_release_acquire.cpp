// Intent: a release store read by an acquire load orders the message.
// Expect: silent
// Primitive: atomic acquire and release, atomic 4 bytes
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
  flag.store(1, std::memory_order_release);
}

void receive() {
  if (flag.load(std::memory_order_acquire) != 1) return;
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
