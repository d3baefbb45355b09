// Intent: each thread writes its part and counts itself with acq_rel; who comes last reads all parts.
// Expect: silent
// Primitive: atomic acq_rel
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { kThreads = 3 };

int parts[kThreads];
atomic_uint arrived = 0;
int sum = 0;

static void* work(void* argument) {
  int number = *(int*)argument;
  parts[number] = number + 1;
  if (atomic_fetch_add_explicit(&arrived, 1, memory_order_acq_rel) < kThreads - 1) return NULL;
  for (int i = 0; i < kThreads; ++i) sum += parts[i];
  return NULL;
}

int main(void) {
  int numbers[kThreads] = {0, 1, 2};
  pthread_t threads[kThreads];
  for (int i = 0; i < kThreads; ++i) pthread_create(&threads[i], NULL, work, &numbers[i]);
  for (int i = 0; i < kThreads; ++i) pthread_join(threads[i], NULL);
  printf("%d\n", sum);
  return 0;
}
