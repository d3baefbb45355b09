// Intent: the twin of race_read_before_acquire: the read comes after the acquire too.
// Expect: silent
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
int seen = 0;
std::atomic<int> ready{0};
InvisibleTurns turns;

void send() {
  message = 1;
  ready.store(1, std::memory_order_release);
}

void receive() {
  while (ready.load(std::memory_order_acquire) == 0) {
  }
  seen = message;
  message = 2;
}

int main() {
  std::thread first([] {
    send();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    receive();
  });
  first.join();
  second.join();
  std::printf("%d\n", seen);
}
