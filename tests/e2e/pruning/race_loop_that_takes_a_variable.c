// Intent: a loop that may update a variable does so once, unordered with another thread that updates it.
// Expect: data race|lost update on 'total' at OTHER, LOOP
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

long total = 0;
char wanted[64] = {[40] = 1};
InvisibleTurns turns;

__attribute__((noinline)) static void count(const char* flags, int size) {
  for (int i = 0; i < size; ++i)
    if (flags[i] != 0) total += flags[i];  // RACE-LOOP
}

static void* counter(void* unused) {
  count(wanted, sizeof wanted);
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, counter, NULL);
  invisibleAwait(&turns, 1);
  total += 1;  // RACE-OTHER
  pthread_join(thread, NULL);
  printf("%ld\n", total);
}
