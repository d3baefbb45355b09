// Intent: very many threads one after the other in bounded memory. -DTHREADS=1000000 is the full claim.
// Expect: silent
// Primitive: pthread_t
// Runs: 2
#include <pthread.h>
#include <stdio.h>

#ifndef THREADS
#define THREADS 10000
#endif

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long locked = 0;
static long ordered = 0;

static void* work(void* unused) {
  pthread_mutex_lock(&mutex);
  locked += 1;
  pthread_mutex_unlock(&mutex);
  ordered += 1;
  return unused;
}

int main(void) {
  for (int i = 0; i < THREADS; ++i) {
    pthread_t thread;
    if (pthread_create(&thread, 0, work, 0) != 0) return 1;
    pthread_join(thread, 0);
  }
  printf("%ld %ld\n", locked, ordered);
  return 0;
}
