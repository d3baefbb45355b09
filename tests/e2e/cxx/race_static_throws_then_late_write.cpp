// Intent: a thread whose initialisation of a static failed writes afterwards, unordered with the next attempt.
// Primitive: function-local static
// Libraries: libstdc++ libc++
// Expect: data race on 'attempts' at WRITE, READ
#include <cstdio>
#include <stdexcept>
#include <thread>

#include "invisible.h"

int attempts = 0;
bool works = false;
InvisibleTurns turns;

struct Table {
  int content;
  Table() {
    if (!works) {
      works = true;
      throw std::runtime_error("not yet");
    }
    content = attempts + 1;  // RACE-READ
  }
};

int content() {
  static Table table;
  return table.content;
}

int main() {
  std::thread other([] {
    try {
      content();
    } catch (const std::runtime_error&) {
    }
    attempts = 1;  // RACE-WRITE
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  int seen = content();
  other.join();
  std::printf("%d\n", seen);
}
