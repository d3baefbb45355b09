// Intent: who fails to install its own object uses the other's, which the failure order has acquired.
// Expect: silent
// Primitive: compare-exchange
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

struct Config {
  int level;
};
struct Config theirs, ours;
_Atomic(struct Config*) installed;
InvisibleTurns turns;

static struct Config* install(struct Config* own) {
  struct Config* current = NULL;
  if (atomic_compare_exchange_strong_explicit(&installed, &current, own, memory_order_acq_rel, memory_order_acquire))
    return own;
  return current;
}

static void* work(void* unused) {
  theirs.level = 1;
  install(&theirs);
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, work, NULL);
  invisibleAwait(&turns, 1);
  ours.level = 2;
  struct Config* current = install(&ours);
  int level = current->level;
  pthread_join(thread, NULL);
  printf("%d\n", level);
  return 0;
}
