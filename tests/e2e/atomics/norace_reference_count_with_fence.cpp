// Intent: a reference count that is dropped with release, and an acquire fence before the destruction.
// Primitive: fences: reference counts
// Libraries: libstdc++ libc++
// Expect: silent
// Reference: does not know fences
#include <atomic>
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Node {
  std::atomic<int> owners{2};
  int uses = 0;
};
Node node;
InvisibleTurns turns;

// What the last owner finds.
int drop() {
  if (node.owners.fetch_sub(1, std::memory_order_release) != 1) return 0;
  std::atomic_thread_fence(std::memory_order_acquire);
  return node.uses;
}

int main() {
  int last = 0;
  std::thread other([] {
    node.uses = 5;
    drop();
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  last = drop();
  other.join();
  std::printf("%d\n", last);
}
