// Intent: a thread drops its weak_ptr after it has used the object; the other one drops the last and frees the counts.
// Primitive: std::weak_ptr
// Libraries: libstdc++ libc++
// Expect: silent
#include <cstdio>
#include <memory>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;

int main() {
  int seen = 0;
  auto node = std::make_shared<int>(5);
  std::weak_ptr<int> last = node;
  std::thread user([&seen, mine = std::weak_ptr<int>(node)]() mutable {
    if (auto locked = mine.lock()) seen = *locked;
    if (!mine.expired()) ++seen;
    mine.reset();
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  node.reset();
  last.reset();
  user.join();
  std::printf("%d\n", seen);
}
