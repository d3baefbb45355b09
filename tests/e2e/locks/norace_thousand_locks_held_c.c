// Intent: a thousand locks are held at once, by two threads in the same order. -DLOCKS=1000 is the full claim.
// Expect: silent
// Primitive: pthread_mutex_t, lock order
// Languages: C C++
// Reference: gives up at 64 locks held
#include <pthread.h>
#include <stdio.h>

#ifndef LOCKS
#define LOCKS 1000
#endif

enum { kLocks = LOCKS };

static pthread_mutex_t mutexes[kLocks];
static int values[kLocks];

static void* useAll(void* unused) {
  for (int i = 0; i < kLocks; ++i) {
    pthread_mutex_lock(&mutexes[i]);
    values[i] += 1;
  }
  for (int i = kLocks - 1; i >= 0; --i) {
    values[i] += 1;
    pthread_mutex_unlock(&mutexes[i]);
  }
  return unused;
}

int main(void) {
  for (int i = 0; i < kLocks; ++i) pthread_mutex_init(&mutexes[i], 0);
  pthread_t first, second;
  pthread_create(&first, 0, useAll, 0);
  pthread_create(&second, 0, useAll, 0);
  pthread_join(first, 0);
  pthread_join(second, 0);
  long sum = 0;
  for (int i = 0; i < kLocks; ++i) {
    sum += values[i];
    pthread_mutex_destroy(&mutexes[i]);
  }
  printf("%ld\n", sum);
  return 0;
}
