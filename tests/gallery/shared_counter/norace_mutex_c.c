// Intent: every addition is made under one pthread mutex, in C.
// Expect: silent
// Primitive: mutex normal
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

static long counter = 0;
static pthread_mutex_t counterMutex = PTHREAD_MUTEX_INITIALIZER;

static void* addMany(void* unused) {
  for (int i = 0; i < 1000; ++i) {
    pthread_mutex_lock(&counterMutex);
    counter += 1;
    pthread_mutex_unlock(&counterMutex);
  }
  return unused;
}

int main(void) {
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i) pthread_create(&threads[i], 0, addMany, 0);
  for (int i = 0; i < 4; ++i) pthread_join(threads[i], 0);
  printf("%ld\n", counter);
  return 0;
}
