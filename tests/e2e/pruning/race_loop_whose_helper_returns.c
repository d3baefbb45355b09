// Intent: a loop calls a function that loops itself and surely returns: the range that is checked in front of the loop
// names the element that another thread writes.
// Expect: data race on 'items' at WRITE, READ
// Says: reads 4 bytes
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

int items[1000];
int digits[1000][4];
InvisibleTurns turns;

__attribute__((noinline)) static void split(int* row, int number) {
  for (int i = 0; i < 4; ++i) {
    row[i] = number % 10;
    number /= 10;
  }
}

__attribute__((noinline)) static void splitAll(int count) {
  for (int i = 0; i < count; ++i) split(digits[i], items[i]);  // RACE-READ
}

static void* writes(void* unused) {
  items[777] = 1234;  // RACE-WRITE
  invisiblePass(&turns);
  return unused;
}

static void* reads(void* unused) {
  invisibleAwait(&turns, 1);
  splitAll(1000);
  return unused;
}

int main(void) {
  pthread_t first, second;
  pthread_create(&first, NULL, writes, NULL);
  pthread_create(&second, NULL, reads, NULL);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  printf("%d\n", digits[777][0]);
  return 0;
}
