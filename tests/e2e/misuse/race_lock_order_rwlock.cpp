// Intent: a reader of one lock wants to write the other, and the other way round.
// Expect: lock-order inversion on 'first' at BACKWARD, FORWARD
// Libraries: libstdc++ libc++
// Primitive: std::shared_mutex, lock order
#include <cstdio>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "invisible.h"

std::shared_mutex first, second;
int value = 0;
InvisibleTurns turns;

int main() {
  std::thread forward([] {
    {
      std::shared_lock<std::shared_mutex> reading(first);
      std::unique_lock<std::shared_mutex> writing(second);  // RACE-FORWARD
    }
    invisiblePass(&turns);
  });
  std::thread backward([] {
    invisibleAwait(&turns, 1);
    std::shared_lock<std::shared_mutex> reading(second);
    std::unique_lock<std::shared_mutex> writing(first);  // RACE-BACKWARD
  });
  forward.join();
  backward.join();
  std::printf("%d\n", value);
}
