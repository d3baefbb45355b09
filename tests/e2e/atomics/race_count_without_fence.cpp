// Intent: the last owner of a reference count destroys without having acquired what the others did.
// Primitive: fences: reference counts
// Libraries: libstdc++ libc++
// Expect: data race on 'Node::uses|*' at WRITE, READ
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
  if (node.owners.fetch_sub(1, std::memory_order_release) != 1) return 0;  // RACE-READ
  return node.uses;  // RACE-READ
}

int main() {
  int last = 0;
  std::thread other([] {
    node.uses = 5;  // RACE-WRITE
    drop();
    invisiblePass(&turns);
  });
  invisibleAwait(&turns, 1);
  last = drop();
  other.join();
  std::printf("%d\n", last);
}
