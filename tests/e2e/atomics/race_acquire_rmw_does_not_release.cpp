// Intent: a read-modify-write with acquire order publishes nothing.
// Expect: data race on 'message' at WRITE, READ
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
  message = 42;  // RACE-WRITE
  flag.fetch_add(1, std::memory_order_acquire);
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
