// Intent: the consumer adds to what the producer still adds to after it has signalled.
// Expect: lost update on 'sum' at PRODUCE, CONSUME
// Primitive: eventfd
#include <sys/eventfd.h>

#include <cstdio>
#include <thread>

#include "invisible.h"

int sum = 0;
InvisibleTurns turns;

int main() {
  int signal = eventfd(0, 0);
  std::thread producer([signal] {
    eventfd_write(signal, 1);
    sum += 1;  // RACE-PRODUCE
    invisiblePass(&turns);
  });
  std::thread consumer([signal] {
    eventfd_t count = 0;
    eventfd_read(signal, &count);
    invisibleAwait(&turns, 1);
    sum += 2;  // RACE-CONSUME
  });
  producer.join();
  consumer.join();
  std::printf("%d\n", sum);
}
