// Intent: a thread takes what it finds through an atomic<weak_ptr>, another replaces it.
// Primitive: std::atomic<std::weak_ptr>
// Expect: silent
// Reference: reports races inside the library
#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>

#include "invisible.h"

std::atomic<std::weak_ptr<int>> watched;
InvisibleTurns turns;

int main() {
  int seen = 0;
  auto owner = std::make_shared<int>(1);
  std::thread reader([&seen] {
    invisibleAwait(&turns, 1);
    if (auto object = watched.load().lock()) seen = *object;
    invisiblePass(&turns);
  });
  *owner = 2;
  watched.store(owner);
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  watched.store({});
  owner.reset();
  reader.join();
  std::printf("%d\n", seen);
}
