// Intent: an atomic pointer to a record is stored with release order and loaded with consume order.
// Expect: silent
// Primitive: atomic consume
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

struct Record {
  int value;
} record;
struct Record* _Atomic published = NULL;
InvisibleTurns turns;
int seen = 0;

static void* publish(void* unused) {
  record.value = 42;
  atomic_store_explicit(&published, &record, memory_order_release);
  invisiblePass(&turns);
  return unused;
}

static void* consume(void* unused) {
  invisibleAwait(&turns, 1);
  struct Record* found = atomic_load_explicit(&published, memory_order_consume);
  if (found) seen = found->value;
  return unused;
}

int main(void) {
  pthread_t publisher, consumer;
  pthread_create(&publisher, NULL, publish, NULL);
  pthread_create(&consumer, NULL, consume, NULL);
  pthread_join(publisher, NULL);
  pthread_join(consumer, NULL);
  printf("%d\n", seen);
  return 0;
}
