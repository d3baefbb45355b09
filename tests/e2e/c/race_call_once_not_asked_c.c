// Intent: a reader looks at the table without calling call_once first.
// Expect: data race on 'table' at FILL, READ
// Primitive: C11 call_once
#include <stdio.h>
#include <threads.h>

#include "invisible.h"

static once_flag once = ONCE_FLAG_INIT;
int table;
int seen;
InvisibleTurns turns;

static void fillTable(void) {
  table = 42;  // RACE-FILL
}

static int write(void* unused) {
  call_once(&once, fillTable);
  invisiblePass(&turns);
  return unused != 0;
}

static int read(void* unused) {
  invisibleAwait(&turns, 1);
  seen = table;  // RACE-READ
  return unused != 0;
}

int main(void) {
  thrd_t first, second;
  thrd_create(&first, write, 0);
  thrd_create(&second, read, 0);
  thrd_join(first, 0);
  thrd_join(second, 0);
  printf("%d\n", seen);
  return 0;
}
