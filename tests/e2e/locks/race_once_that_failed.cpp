// Intent: a thread whose call_once threw writes afterwards; whoever succeeds later learns what the routine did, not that.
// Expect: lost update on 'counter' at AFTER, LATER
// Primitive: std::call_once
#include <cstdio>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "invisible.h"

std::once_flag flag;
int attempts = 0, counter = 0;
InvisibleTurns turns;

void initialise() {
  attempts += 1;
  if (attempts == 1) throw std::runtime_error("not yet");
}

int main() {
  std::thread first([] {
    try {
      std::call_once(flag, initialise);
    } catch (const std::runtime_error&) {
    }
    counter += 1;  // RACE-AFTER
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    std::call_once(flag, initialise);
    counter += 1;  // RACE-LATER
  });
  first.join();
  second.join();
  std::printf("%d\n", counter);
}
