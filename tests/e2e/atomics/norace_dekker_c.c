// Intent: Dekker's algorithm with sequentially consistent fences between store and load.
// Expect: silent
// Primitive: fence Dekker
// Reference: does not know fences
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

atomic_bool wants[2];
atomic_int turn = 0;
int count = 0;

static void enter(int self) {
  atomic_store_explicit(&wants[self], true, memory_order_relaxed);
  atomic_thread_fence(memory_order_seq_cst);
  while (atomic_load_explicit(&wants[1 - self], memory_order_relaxed)) {
    if (atomic_load_explicit(&turn, memory_order_relaxed) == self) {
      sched_yield();
      continue;
    }
    atomic_store_explicit(&wants[self], false, memory_order_relaxed);
    while (atomic_load_explicit(&turn, memory_order_relaxed) != self) sched_yield();
    atomic_store_explicit(&wants[self], true, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
  }
  atomic_thread_fence(memory_order_acquire);
}

static void leave(int self) {
  atomic_store_explicit(&turn, 1 - self, memory_order_relaxed);
  atomic_thread_fence(memory_order_release);
  atomic_store_explicit(&wants[self], false, memory_order_relaxed);
}

static void* work(void* argument) {
  int self = *(int*)argument;
  for (int i = 0; i < 200; ++i) {
    enter(self);
    count += 1;
    leave(self);
  }
  return NULL;
}

int main(void) {
  int selves[2] = {0, 1};
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], NULL, work, &selves[i]);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
  printf("%d\n", count);
  return 0;
}
