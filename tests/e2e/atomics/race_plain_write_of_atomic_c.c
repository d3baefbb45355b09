// Intent: atomic_init is a plain write: it must not meet an atomic operation of another thread.
// Expect: data race|lost update on 'state' at ADD, INIT
// Primitive: atomic and plain mixed
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

atomic_long state;
InvisibleTurns turns;

static void* work(void* unused) {
  atomic_fetch_add(&state, 1);  // RACE-ADD
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, work, NULL);
  invisibleAwait(&turns, 1);
  atomic_init(&state, 5);  // RACE-INIT
  pthread_join(thread, NULL);
  state += 10;
  printf("%ld\n", (long)state);
  return 0;
}
