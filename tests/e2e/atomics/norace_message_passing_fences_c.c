// Intent: one release fence for several relaxed flags, and one acquire fence after each of them was seen.
// Expect: silent
// Primitive: fence message passing
// Reference: does not know fences
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "invisible.h"

enum { kReceivers = 2 };

int message = 0;
atomic_int flags[kReceivers];
int seen[kReceivers];
InvisibleTurns turns;

static void* send(void* unused) {
  message = 42;
  atomic_thread_fence(memory_order_release);
  for (int i = 0; i < kReceivers; ++i) atomic_store_explicit(&flags[i], i + 1, memory_order_relaxed);
  invisiblePass(&turns);
  return unused;
}

static void* receive(void* argument) {
  int number = *(int*)argument;
  invisibleAwait(&turns, 1);
  if (atomic_load_explicit(&flags[number], memory_order_relaxed) == number + 1) {
    atomic_thread_fence(memory_order_acquire);
    seen[number] = message;
  }
  return NULL;
}

int main(void) {
  int numbers[kReceivers] = {0, 1};
  pthread_t sender, receivers[kReceivers];
  pthread_create(&sender, NULL, send, NULL);
  for (int i = 0; i < kReceivers; ++i) pthread_create(&receivers[i], NULL, receive, &numbers[i]);
  pthread_join(sender, NULL);
  for (int i = 0; i < kReceivers; ++i) pthread_join(receivers[i], NULL);
  printf("%d %d\n", seen[0], seen[1]);
  return 0;
}
