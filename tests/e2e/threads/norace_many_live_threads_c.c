// Intent: very many threads are alive at once and share a counter under a mutex. -DTHREADS=10000 is the full claim.
// Expect: silent
// Primitive: pthread_attr_t stack size, pthread_t
// Languages: C C++
// Runs: 2
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef THREADS
#define THREADS 1000
#endif

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int alive = 0;
static int own[THREADS];

static void* live(void* argument) {
  int* mine = (int*)argument;
  pthread_mutex_lock(&mutex);
  alive += 1;
  *mine = alive;
  if (alive == THREADS) pthread_cond_broadcast(&changed);
  while (alive < THREADS) pthread_cond_wait(&changed, &mutex);
  pthread_mutex_unlock(&mutex);
  *mine += 1;
  return 0;
}

int main(void) {
  pthread_t* threads = (pthread_t*)malloc(THREADS * sizeof *threads);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 256 * 1024);
  for (int i = 0; i < THREADS; ++i) {
    if (pthread_create(&threads[i], &attributes, live, &own[i]) != 0) {
      fprintf(stderr, "cannot create thread %d\n", i);
      return 1;
    }
  }
  long sum = 0;
  for (int i = 0; i < THREADS; ++i) {
    pthread_join(threads[i], 0);
    sum += own[i];
  }
  printf("%d %d\n", alive == THREADS, sum == (long)THREADS * (THREADS + 1) / 2 + THREADS);
  pthread_attr_destroy(&attributes);
  free(threads);
  return 0;
}
