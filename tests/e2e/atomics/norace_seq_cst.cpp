// Intent: sequentially consistent store and load order the message.
// Expect: silent
// Primitive: atomic seq_cst
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
  flag.store(1);
}

void receive() {
  if (flag.load() != 1) return;
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
