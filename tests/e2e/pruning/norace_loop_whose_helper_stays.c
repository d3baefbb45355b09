// Intent: a loop calls a function that does not come back before the loop has come to the element that another thread
// writes: what follows is not touched.
// Expect: silent
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

int items[1000];
int rounds[4];
int isParked;
InvisibleTurns turns;

__attribute__((noinline)) static void stayAt(int item) {
  for (int i = 0; i < 4; ++i) rounds[i] += item;
  if (item == 0) return;
  isParked = 1;
  while (1) rounds[0] = 0;
}

__attribute__((noinline)) static void readAll(int count) {
  for (int i = 0; i < count; ++i) stayAt(items[i]);
}

static void* reads(void* unused) {
  invisibleAwait(&turns, 1);
  readAll(1000);
  return unused;
}

int main(void) {
  items[500] = 5;
  pthread_t reader;
  pthread_create(&reader, NULL, reads, NULL);
  items[777] = 1;
  invisiblePass(&turns);
  while (!invisibleLoad(&isParked)) invisibleYield();
  puts("parked");
  return 0;
}
