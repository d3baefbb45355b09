// Intent: the destructors of two threads' tss values count without a lock.
// Expect: lost update on 'destroyed' at COUNT, COUNT
// Primitive: tss_t
#include <stdio.h>
#include <threads.h>

#include "invisible.h"

static tss_t key;
int destroyed = 0;
InvisibleTurns turns;

static void destroyValue(void* value) {
  invisibleAwait(&turns, *(int*)value);
  destroyed += 1;  // RACE-COUNT
  invisiblePass(&turns);
}

static int work(void* value) {
  tss_set(key, value);
  return 0;
}

int main(void) {
  int names[2] = {0, 1};
  thrd_t threads[2];
  tss_create(&key, destroyValue);
  for (int i = 0; i < 2; ++i) thrd_create(&threads[i], work, &names[i]);
  for (int i = 0; i < 2; ++i) thrd_join(threads[i], 0);
  printf("%d\n", destroyed);
  return 0;
}
