// Intent: a fetch_add with release order and an exchange with acquire order.
// Expect: silent
// Primitive: atomic acquire and release
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
  flag.fetch_add(1, std::memory_order_release);
}

void receive() {
  if (flag.exchange(2, std::memory_order_acquire) != 1) return;
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
