// Intent: small atomics: a bool flag of one byte.
// Expect: silent
// Primitive: atomic 1 byte
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
std::atomic<bool> flag{false};
InvisibleTurns turns;
int seen = 0;

void send() {
  message = 42;
  flag.store(true, std::memory_order_release);
}

void receive() {
  if (!flag.load(std::memory_order_acquire)) return;
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
