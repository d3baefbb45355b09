// Intent: the report calls the threads by the names that they were given, by others and by themselves.
// Expect: lost update on 'counter' at ADD, ADD
// Says: 'collector'
// Says: 'printer'
// Primitive: thread names, pthread_setname_np, prctl
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sys/prctl.h>

#include "invisible.h"

int counter = 0;
InvisibleTurns turns;

static void* collect(void* unused) {
  pthread_setname_np(pthread_self(), "collector");
  counter += 1;  // RACE-ADD
  invisiblePass(&turns);
  return unused;
}

static void* print(void* unused) {
  prctl(PR_SET_NAME, "printer");
  invisibleAwait(&turns, 1);
  counter += 1;  // RACE-ADD
  return unused;
}

int main(void) {
  pthread_t first, second;
  pthread_create(&first, 0, collect, 0);
  pthread_create(&second, 0, print, 0);
  pthread_join(first, 0);
  pthread_join(second, 0);
  printf("%d\n", counter);
  return 0;
}
