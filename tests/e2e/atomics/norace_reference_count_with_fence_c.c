// Intent: a counted node on the heap is dropped with release order; an acquire fence precedes its end.
// Expect: silent
// Primitive: fence-based reference count
// Reference: does not know fences
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "invisible.h"

struct Node {
  atomic_int owners;
  int uses[2];
};
InvisibleTurns turns;

// What the last owner finds.
static int drop(struct Node* own) {
  if (atomic_fetch_sub_explicit(&own->owners, 1, memory_order_release) > 1) return 0;
  atomic_thread_fence(memory_order_acquire);
  int found = own->uses[0] + own->uses[1];
  free(own);
  return found;
}

static void* use(void* argument) {
  struct Node* own = argument;
  own->uses[1] = 5;
  drop(own);
  invisiblePass(&turns);
  return NULL;
}

int main(void) {
  pthread_t thread;
  struct Node* node = calloc(1, sizeof *node);
  atomic_init(&node->owners, 2);
  pthread_create(&thread, NULL, use, node);
  node->uses[0] = 4;
  invisibleAwait(&turns, 1);
  int last = drop(node);
  pthread_join(thread, NULL);
  printf("%d\n", last);
  return 0;
}
