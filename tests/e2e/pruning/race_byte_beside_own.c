// Intent: a thread has just written the neighbours in a word; that does not pass for having written the byte itself.
// Expect: data race on 'bytes' at BYTE, FIRST-BYTE
// Expect: data race on 'shorts' at SHORT, FIRST-SHORT
// Expect: data race on 'ints' at INT, FIRST-INT
// Expect: data race on 'longs' at LONG, FIRST-LONG
// Expect: data race on 'readBytes' at READ-BYTE, FIRST-READ-BYTE
// Expect: data race on 'readShorts' at READ-SHORT, FIRST-READ-SHORT
// Expect: data race on 'readInts' at READ-INT, FIRST-READ-INT
#include <pthread.h>

#include "invisible.h"

// Volatile: each is an access of its own.
_Alignas(8) volatile char bytes[8], readBytes[8];
_Alignas(8) volatile short shorts[4], readShorts[4];
_Alignas(8) volatile int ints[2], readInts[2];
_Alignas(16) volatile long longs[2];
InvisibleTurns turns;

static void* first(void* unused) {
  bytes[5] = 1;       // RACE-FIRST-BYTE
  shorts[2] = 1;      // RACE-FIRST-SHORT
  ints[1] = 1;        // RACE-FIRST-INT
  longs[1] = 1;       // RACE-FIRST-LONG
  readBytes[2] = 1;   // RACE-FIRST-READ-BYTE
  readShorts[1] = 1;  // RACE-FIRST-READ-SHORT
  readInts[0] = 1;    // RACE-FIRST-READ-INT
  invisiblePass(&turns);
  return unused;
}

static void* second(void* unused) {
  invisibleAwait(&turns, 1);
  bytes[4] = 2;
  bytes[6] = 2;
  bytes[5] = 2;  // RACE-BYTE
  shorts[3] = 2;
  shorts[1] = 2;
  shorts[2] = 2;  // RACE-SHORT
  ints[0] = 2;
  ints[1] = 2;  // RACE-INT
  longs[0] = 2;
  longs[1] = 2;  // RACE-LONG
  (void)readBytes[1];
  (void)readBytes[3];
  (void)readBytes[2];  // RACE-READ-BYTE
  (void)readShorts[0];
  (void)readShorts[2];
  (void)readShorts[1];  // RACE-READ-SHORT
  (void)readInts[1];
  (void)readInts[0];  // RACE-READ-INT
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
