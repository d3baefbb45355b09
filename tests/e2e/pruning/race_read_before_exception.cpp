// Intent: a write follows the read only if nothing is thrown: the read's check must not be left to the write's.
// Expect: data race on 'message' at READ, WRITE
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
int seen = 0;
int limit = 0;
InvisibleTurns turns;

__attribute__((noinline)) static void mayThrow(int value) {
  if (value > limit) throw value;
}

void send() {
  message = 1;  // RACE-WRITE
}

void receive() {
  seen = message;  // RACE-READ
  mayThrow(1);
  message = 2;
}

int main() {
  std::thread first([] {
    send();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    try {
      receive();
    } catch (int value) {
      seen += value;
    }
  });
  first.join();
  second.join();
  std::printf("%d\n", seen);
}
