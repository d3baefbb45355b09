// Intent: two short-lived siblings: the second starts after the first ended, but nobody joined the first.
// Expect: lost update on 'counter' at ADD, ADD
// Primitive: std::thread
#include <pthread.h>

#include <cstdio>

#include "invisible.h"

int counter = 0;
InvisibleTurns turns;

void* addOne(void* unused) {
  counter += 1;  // RACE-ADD
  invisiblePass(&turns);
  return unused;
}

int main() {
  pthread_t first, second;
  pthread_create(&first, nullptr, addOne, nullptr);
  invisibleAwait(&turns, 1);
  pthread_create(&second, nullptr, addOne, nullptr);
  pthread_join(second, nullptr);
  pthread_join(first, nullptr);
  std::printf("%d\n", counter);
}
