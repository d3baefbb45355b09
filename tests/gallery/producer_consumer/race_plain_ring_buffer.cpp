// Intent: a ring buffer with plain indices; the consumer reads what the producer wrote without synchronisation.
// Expect: data race on 'Ring::head' at PRODUCE, CONSUME
// Allow: data race on '*' at PRODUCE|STORE, CONSUME|TAKE
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Ring {
  int slots[8] = {};
  unsigned head = 0;
  unsigned tail = 0;

  void push(int value) {
    slots[head % 8] = value;  // RACE-STORE
    head = head + 1;          // RACE-PRODUCE
  }

  bool pop(int* value) {
    if (tail == head) return false;  // RACE-CONSUME
    *value = slots[tail % 8];        // RACE-TAKE
    tail = tail + 1;
    return true;
  }
};

Ring ring;
InvisibleTurns turns;
int received = 0;

int main() {
  std::thread producer([] {
    ring.push(5);
    invisiblePass(&turns);
  });
  std::thread consumer([] {
    invisibleAwait(&turns, 1);
    ring.pop(&received);
  });
  producer.join();
  consumer.join();
  std::printf("%d\n", received);
}
