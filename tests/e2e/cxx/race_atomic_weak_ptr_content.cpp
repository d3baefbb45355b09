// Intent: the object behind an atomic<weak_ptr> is changed after it was published.
// Primitive: std::atomic<std::weak_ptr>
// Expect: data race on '*' at WRITE, READ
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
    if (auto object = watched.load().lock()) seen = *object;  // RACE-READ
    invisiblePass(&turns);
  });
  watched.store(owner);
  *owner = 2;  // RACE-WRITE
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  watched.store({});
  owner.reset();
  reader.join();
  std::printf("%d\n", seen);
}
