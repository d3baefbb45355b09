// Intent: the initialiser of a static throws; the next attempt comes after it.
// Primitive: function-local static
// Libraries: libstdc++ libc++
// Expect: silent
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
      attempts = 1;
      throw std::runtime_error("not yet");
    }
    content = attempts + 1;
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
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  int seen = content();
  other.join();
  std::printf("%d\n", seen);
}
