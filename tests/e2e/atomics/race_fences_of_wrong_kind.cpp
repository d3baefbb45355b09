// Intent: an acquire fence does not release and a release fence does not acquire.
// Expect: data race on 'message' at WRITE, READ
// Primitive: fence message passing
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
  std::atomic_thread_fence(std::memory_order_acquire);
  flag.store(1, std::memory_order_relaxed);
}

void receive() {
  if (flag.load(std::memory_order_relaxed) != 1) return;
  std::atomic_thread_fence(std::memory_order_release);
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
