// Intent: a relaxed load learns nothing from a release store.
// Expect: data race on 'message' at WRITE, READ
// Primitive: atomic relaxed
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
  flag.store(1, std::memory_order_release);
}

void receive() {
  if (flag.load(std::memory_order_relaxed) != 1) return;
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
