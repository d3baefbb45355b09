// Intent: a reader looks at the table without calling pthread_once first.
// Expect: data race on 'table' at FILL, READ
// Primitive: pthread_once
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
int table;
int seen;
InvisibleTurns turns;

static void fillTable(void) {
  table = 42;  // RACE-FILL
}

static void* write(void* unused) {
  pthread_once(&once, fillTable);
  invisiblePass(&turns);
  return unused;
}

static void* read(void* unused) {
  invisibleAwait(&turns, 1);
  seen = table;  // RACE-READ
  return unused;
}

int main(void) {
  pthread_t first, second;
  pthread_create(&first, 0, write, 0);
  pthread_create(&second, 0, read, 0);
  pthread_join(first, 0);
  pthread_join(second, 0);
  printf("%d\n", seen);
  return 0;
}
