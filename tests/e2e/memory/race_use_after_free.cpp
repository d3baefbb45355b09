// Intent: one thread reads a heap block after another one has freed it.
// Expect: heap-use-after-free race|data race on '*' at FREE, READ
// Primitive: heap-use-after-free race, static linking
// Mentions: ALLOCATE
#include <cstdio>
#include <thread>

#include "invisible.h"

InvisibleTurns turns;
struct Node {
  int value = 7;
};

Node* makeNode() {
  return new Node;  // RACE-ALLOCATE
}

Node* node = makeNode();
int seen = 0;

__attribute__((noinline)) void dispose(Node* old) {
  delete old;  // RACE-FREE
}

void first() { dispose(node); }

__attribute__((noinline)) void look(const Node* at) {
  seen = at->value;  // RACE-READ
}

void second() { look(node); }

int main() {
  std::thread one([] {
    first();
    invisiblePass(&turns);
  });
  std::thread two([] {
    invisibleAwait(&turns, 1);
    second();
  });
  one.join();
  two.join();
  std::printf("done\n");
}
