// Intent: a detached C11 thread has written long ago; nothing orders that before main's read.
// Expect: data race on 'result' at WRITE, READ
// Primitive: thrd_create, thrd_detach
#include <stdio.h>
#include <threads.h>

#include "invisible.h"

int result = 0;
InvisibleTurns turns;

static int work(void* unused) {
  result = 42;  // RACE-WRITE
  invisiblePass(&turns);
  return unused != 0;
}

int main(void) {
  thrd_t thread;
  thrd_create(&thread, work, 0);
  thrd_detach(thread);
  invisibleAwait(&turns, 1);
  int seen = result;  // RACE-READ
  printf("%d\n", seen);
  return 0;
}
