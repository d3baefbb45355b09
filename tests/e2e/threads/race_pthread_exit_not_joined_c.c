// Intent: a thread leaves through pthread_exit; main reads what its cleanup handler wrote, and joins it only afterwards.
// Expect: data race on 'result' at CLEANUP, READ
// Primitive: pthread_exit
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

int result = 0;
InvisibleTurns turns;

static void cleanUp(void* unused) {
  (void)unused;
  result = 42;  // RACE-CLEANUP
  invisiblePass(&turns);
}

static void leave(void) { pthread_exit(0); }

static void* work(void* unused) {
  pthread_cleanup_push(cleanUp, 0);
  leave();
  pthread_cleanup_pop(0);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, 0, work, 0);
  invisibleAwait(&turns, 1);
  int seen = result;  // RACE-READ
  pthread_join(thread, 0);
  printf("%d\n", seen);
  return 0;
}
