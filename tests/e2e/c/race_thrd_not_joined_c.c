// Intent: main reads what a C11 thread wrote before it joins it.
// Expect: data race on 'result' at WRITE, READ
// Primitive: thrd_create, thrd_join
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
  invisibleAwait(&turns, 1);
  int seen = result;  // RACE-READ
  thrd_join(thread, 0);
  printf("%d\n", seen);
  return 0;
}
