// Intent: the destructors of two threads' thread-specific values count without a lock.
// Expect: lost update on 'destroyed' at COUNT, COUNT
// Primitive: pthread_key_t, TLS destructors
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static pthread_key_t key;
int destroyed = 0;
InvisibleTurns turns;

static void destroyValue(void* value) {
  invisibleAwait(&turns, *(int*)value);
  destroyed += 1;  // RACE-COUNT
  invisiblePass(&turns);
}

static void* work(void* value) {
  pthread_setspecific(key, value);
  return 0;
}

int main(void) {
  int names[2] = {0, 1};
  pthread_t threads[2];
  pthread_key_create(&key, destroyValue);
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], 0, work, &names[i]);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], 0);
  printf("%d\n", destroyed);
  return 0;
}
