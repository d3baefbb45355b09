// Intent: what a thread writes after its failed attempt is unordered with the next attempt.
// Primitive: std::call_once
// Libraries: libstdc++ libc++
// Expect: data race|lost update on 'attempts' at WRITE, READ
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
    throw std::runtime_error("not yet");
  }
  attempts += 10;  // RACE-READ
}

int main() {
  std::thread other([] {
    try {
      std::call_once(once, attempt);
    } catch (const std::runtime_error&) {
    }
    attempts = 1;  // RACE-WRITE
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  std::call_once(once, attempt);
  other.join();
  std::printf("%d %d\n", attempts, undone);
}
