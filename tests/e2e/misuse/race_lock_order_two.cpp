// Intent: two threads take two mutexes in opposite order; this time they do not meet.
// Expect: lock-order inversion on 'left' at SECOND, FIRST
// Primitive: std::mutex, lock order
#include <cstdio>
#include <mutex>
#include <thread>

#include "invisible.h"

std::mutex left, right;
int moved = 0;
InvisibleTurns turns;

void moveRight() {
  std::lock_guard<std::mutex> outer(left);
  std::lock_guard<std::mutex> inner(right);  // RACE-FIRST
  moved += 1;
}

void moveLeft() {
  std::lock_guard<std::mutex> outer(right);
  std::lock_guard<std::mutex> inner(left);  // RACE-SECOND
  moved -= 1;
}

int main() {
  std::thread first([] {
    moveRight();
    invisiblePass(&turns);
  });
  std::thread second([] {
    invisibleAwait(&turns, 1);
    moveLeft();
  });
  first.join();
  second.join();
  std::printf("%d\n", moved);
}
