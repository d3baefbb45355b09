// Intent: one thread compresses a buffer that another one fills, and the result is read before it is there.
// Primitive: zlib buffers
// Languages: C C++
// Packages: zlib
// Expect: data race on 'text|text[0]|packed|packed[0]' at FILL, COMPRESS
// Expect: data race on 'text|text[0]|packed|packed[0]' at COMPRESS, USE
#include <pthread.h>
#include <stdio.h>
#include <zlib.h>

#include "invisible.h"

static unsigned char text[64], packed[256];
static InvisibleTurns turns;

static void* pack(void* unused) {
  uLongf bytes = sizeof packed;
  invisibleAwait(&turns, 1);
  compress(packed, &bytes, text, sizeof text);  // RACE-COMPRESS
  invisiblePass(&turns);
  return NULL;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, pack, NULL);
  text[0] = 7;  // RACE-FILL
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  int seen = packed[0];  // RACE-USE
  pthread_join(thread, NULL);
  printf("%d\n", seen);
  return 0;
}
