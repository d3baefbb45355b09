// Intent: a relaxed read-modify-write of another thread continues the release sequence.
// Expect: silent
// Primitive: release sequence
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

void meddle() { flag.fetch_add(1, std::memory_order_relaxed); }

void receive() {
  if (flag.load(std::memory_order_acquire) != 2) return;
  seen = message;
}

int main() {
  std::thread sender([] {
    send();
    invisiblePass(&turns);
  });
  std::thread between([] {
    invisibleAwait(&turns, 1);
    meddle();
    invisiblePass(&turns);
  });
  std::thread receiver([] {
    invisibleAwait(&turns, 2);
    receive();
  });
  sender.join();
  between.join();
  receiver.join();
  std::printf("%d\n", seen);
}
