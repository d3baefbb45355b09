// Intent: the twin of race_read_before_exception: a joined thread's write is read.
// Expect: silent
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
  message = 1;
}

void receive() {
  seen = message;
  mayThrow(1);
  message = 2;
}

int main() {
  std::thread first([] {
    send();
    invisiblePass(&turns);
  });
  first.join();
  std::thread second([] {
    invisibleAwait(&turns, 1);
    try {
      receive();
    } catch (int value) {
      seen += value;
    }
  });
  second.join();
  std::printf("%d\n", seen);
}
