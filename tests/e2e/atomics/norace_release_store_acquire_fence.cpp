// Intent: a release store works with a relaxed load and an acquire fence.
// Expect: silent
// Primitive: fence message passing
// Reference: does not know fences
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
  if (flag.load(std::memory_order_relaxed) != 1) return;
  std::atomic_thread_fence(std::memory_order_acquire);
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
