// Intent: the twin of race_byte_beside_own: both threads write into the same words, but never the same byte.
// Expect: silent
#include <pthread.h>

#include "invisible.h"

// Volatile: each is an access of its own.
_Alignas(8) volatile char bytes[8], readBytes[8];
_Alignas(8) volatile short shorts[4], readShorts[4];
_Alignas(8) volatile int ints[2], readInts[2];
_Alignas(16) volatile long longs[2];
InvisibleTurns turns;

static void* first(void* unused) {
  bytes[5] = 1;
  shorts[2] = 1;
  ints[1] = 1;
  longs[1] = 1;
  readBytes[2] = 1;
  readShorts[1] = 1;
  readInts[0] = 1;
  invisiblePass(&turns);
  return unused;
}

static void* second(void* unused) {
  invisibleAwait(&turns, 1);
  bytes[4] = 2;
  bytes[6] = 2;
  shorts[3] = 2;
  shorts[1] = 2;
  ints[0] = 2;
  longs[0] = 2;
  (void)readBytes[1];
  (void)readBytes[3];
  (void)readShorts[0];
  (void)readShorts[2];
  (void)readInts[1];
  return unused;
}

int main(void) {
  pthread_t threads[2];
  pthread_create(&threads[0], 0, first, 0);
  pthread_create(&threads[1], 0, second, 0);
  pthread_join(threads[0], 0);
  pthread_join(threads[1], 0);
  return 0;
}
