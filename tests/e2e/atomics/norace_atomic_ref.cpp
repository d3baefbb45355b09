// Intent: std::atomic_ref on a plain integer.
// Expect: silent
// Primitive: std::atomic_ref
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
int plain = 0;
InvisibleTurns turns;
int seen = 0;

void send() {
  message = 42;
  std::atomic_ref<int>(plain).store(1, std::memory_order_release);
}

void receive() {
  if (std::atomic_ref<int>(plain).load(std::memory_order_acquire) != 1) return;
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
