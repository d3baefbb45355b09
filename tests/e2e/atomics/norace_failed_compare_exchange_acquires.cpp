// Intent: a failed compare-exchange is a load with its failure order: acquire.
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
  flag.store(1, std::memory_order_release);
}

void receive() {
  int expected = 7;
  if (flag.compare_exchange_strong(expected, 8, std::memory_order_acq_rel, std::memory_order_acquire) || expected != 1) return;
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
