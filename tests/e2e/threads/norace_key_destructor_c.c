// Intent: destructors of thread-specific values run on their thread, in rounds, before the join returns.
// Expect: silent
// Primitive: pthread_key_t, TLS destructors
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_key_t first, second;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int destroyed = 0;
static int perThread[3];

static void destroySecond(void* value) {
  perThread[*(int*)value] += 1;
  free(value);
}

static void destroyFirst(void* value) {
  pthread_mutex_lock(&mutex);
  destroyed += 1;
  pthread_mutex_unlock(&mutex);
  perThread[*(int*)value] += 1;
  pthread_setspecific(second, value);
}

static void* work(void* argument) {
  int* own = (int*)malloc(sizeof *own);
  *own = *(int*)argument;
  pthread_setspecific(first, own);
  return 0;
}

int main(void) {
  pthread_key_create(&first, destroyFirst);
  pthread_key_create(&second, destroySecond);
  int names[3] = {0, 1, 2};
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) pthread_create(&threads[i], 0, work, &names[i]);
  for (int i = 0; i < 3; ++i) pthread_join(threads[i], 0);
  printf("%d %d\n", destroyed, perThread[0] + perThread[1] + perThread[2]);
  pthread_key_delete(first);
  pthread_key_delete(second);
  return 0;
}
