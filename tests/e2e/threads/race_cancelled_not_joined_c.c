// Intent: main cancels a thread and reads what its cleanup handler wrote, without waiting for its end by join.
// Expect: data race on 'result' at CLEANUP, READ
// Primitive: pthread_cancel, pthread_cleanup_push
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "invisible.h"

int result = 0;
InvisibleTurns turns;

static void cleanUp(void* unused) {
  (void)unused;
  result = 42;  // RACE-CLEANUP
  invisiblePass(&turns);
}

static void* work(void* unused) {
  pthread_cleanup_push(cleanUp, 0);
  for (;;) pause();
  pthread_cleanup_pop(0);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, 0, work, 0);
  pthread_cancel(thread);
  invisibleAwait(&turns, 1);
  int seen = result;  // RACE-READ
  pthread_join(thread, 0);
  printf("%d\n", seen);
  return 0;
}
