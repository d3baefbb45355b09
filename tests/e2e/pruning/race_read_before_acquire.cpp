// Intent: the read races, the write after the acquire does not: the read's check must not be left to the write's.
// Expect: data race on 'message' at READ, WRITE
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
int seen = 0;
std::atomic<int> ready{0};
InvisibleTurns turns;

void send() {
  message = 1;  // RACE-WRITE
  ready.store(1, std::memory_order_release);
}

void receive() {
  seen = message;  // RACE-READ
  while (ready.load(std::memory_order_acquire) == 0) {
  }
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
