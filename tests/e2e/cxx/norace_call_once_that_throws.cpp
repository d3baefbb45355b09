// Intent: the first call of a call_once throws; the next attempt comes after it, destructors included.
// Primitive: std::call_once
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "invisible.h"

std::once_flag once;
int attempts = 0;
int undone = 0;
InvisibleTurns turns;

struct Undo {
  ~Undo() { ++undone; }
};

void attempt() {
  if (undone == 0) {
    Undo undo;
    ++attempts;
    throw std::runtime_error("not yet");
  }
  attempts += 10;
}

int main() {
  std::thread other([] {
    try {
      std::call_once(once, attempt);
    } catch (const std::runtime_error&) {
    }
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  std::call_once(once, attempt);
  other.join();
  std::printf("%d %d\n", attempts, undone);
}
