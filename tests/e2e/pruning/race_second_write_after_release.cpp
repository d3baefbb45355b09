// Intent: the first write is published, the second is not: the check of the second must not be dropped for the first's.
// Expect: data race on 'message' at READ, SECOND
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
  message = 2;  // RACE-SECOND
}

void receive() {
  while (ready.load(std::memory_order_acquire) == 0) {
  }
  seen = message;  // RACE-READ
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
