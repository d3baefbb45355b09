// Intent: two threads use different members of a union, which overlap.
// Expect: data race on '*' at WHOLE, PART
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

union Cell {
  long whole;
  short parts[4];
};

union Cell cell;
InvisibleTurns turns;

static void* writeWhole(void* unused) {
  cell.whole = 1;  // RACE-WHOLE
  invisiblePass(&turns);
  return unused;
}

static void* writePart(void* unused) {
  invisibleAwait(&turns, 1);
  cell.parts[2] = 7;  // RACE-PART
  return unused;
}

int main(void) {
  pthread_t first, second;
  pthread_create(&first, 0, writeWhole, 0);
  pthread_create(&second, 0, writePart, 0);
  pthread_join(first, 0);
  pthread_join(second, 0);
  printf("%ld\n", cell.whole);
  return 0;
}
