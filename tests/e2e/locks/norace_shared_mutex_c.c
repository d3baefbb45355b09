// Intent: Two threads count under a mutex that processes could share.
// Expect: silent
// Primitive: pthread_mutex_t process-shared
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static pthread_mutex_t mutex;
int counter = 0;
InvisibleTurns turns;

static void* addEarly(void* unused) {
  pthread_mutex_lock(&mutex);
  counter += 1;
  pthread_mutex_unlock(&mutex);
  invisiblePass(&turns);
  return unused;
}

static void* addLater(void* unused) {
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&mutex);
  counter += 1;
  pthread_mutex_unlock(&mutex);
  return unused;
}

int main(void) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&mutex, &attributes);
  pthread_mutexattr_destroy(&attributes);
  pthread_t early, later;
  pthread_create(&early, 0, addEarly, 0);
  pthread_create(&later, 0, addLater, 0);
  pthread_join(early, 0);
  pthread_join(later, 0);
  pthread_mutex_destroy(&mutex);
  printf("%d\n", counter);
  return 0;
}
