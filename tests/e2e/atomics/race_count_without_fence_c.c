// Intent: the last owner of a counted node has not acquired what the other owner wrote into it.
// Expect: data race on 'Node::uses' at WRITE, READ
// Primitive: fence-based reference count
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

struct Node {
  atomic_int owners;
  int uses;
} node = {2, 0};
InvisibleTurns turns;

// What the last owner finds.
static int drop(struct Node* own) {
  if (atomic_fetch_sub_explicit(&own->owners, 1, memory_order_release) > 1) return 0;
  return own->uses;  // RACE-READ
}

static void* use(void* argument) {
  struct Node* own = argument;
  own->uses = 5;  // RACE-WRITE
  drop(own);
  invisiblePass(&turns);
  return NULL;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, use, &node);
  invisibleAwait(&turns, 1);
  int last = drop(&node);
  pthread_join(thread, NULL);
  printf("%d\n", last);
  return 0;
}
