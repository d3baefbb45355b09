// Intent: a successful compare-exchange releases and acquires by its success order.
// Expect: silent
// Primitive: compare-exchange
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
  int expected = 0;
  flag.compare_exchange_strong(expected, 1, std::memory_order_release, std::memory_order_relaxed);
}

void receive() {
  int expected = 1;
  if (!flag.compare_exchange_strong(expected, 2, std::memory_order_acquire, std::memory_order_relaxed)) return;
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
