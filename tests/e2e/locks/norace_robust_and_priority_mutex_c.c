// Intent: a robust mutex and one with priority inheritance protect like any other.
// Expect: silent
// Primitive: mutex robust, mutex priority inheritance
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t robust, inheriting;
static int counters[2];

static void* work(void* unused) {
  for (int round = 0; round < 100; ++round) {
    pthread_mutex_lock(&robust);
    counters[0] += 1;
    pthread_mutex_unlock(&robust);
    pthread_mutex_lock(&inheriting);
    counters[1] += 1;
    pthread_mutex_unlock(&inheriting);
  }
  return unused;
}

int main(void) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&robust, &attributes);
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT);
  pthread_mutex_init(&inheriting, &attributes);
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], 0, work, 0);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], 0);
  printf("%d %d\n", counters[0], counters[1]);
  return 0;
}
