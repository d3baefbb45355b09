// Intent: a failed compare-exchange with release order publishes nothing.
// Expect: data race on 'message' at WRITE, READ
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
  message = 42;  // RACE-WRITE
  int expected = 7;
  flag.compare_exchange_strong(expected, 8, std::memory_order_release, std::memory_order_relaxed);
}

void receive() {
  if (flag.load(std::memory_order_acquire) != 0) return;
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
