// Intent: the two accesses happen once each, their order forced without the detector's knowledge: found in every run.
// Expect: data race on 'message' at WRITE, READ
#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
int seen = 0;
InvisibleTurns turns;

void send() {
  message = 42;  // RACE-WRITE
}

void receive() {
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
