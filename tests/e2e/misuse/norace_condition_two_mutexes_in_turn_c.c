// Intent: one condition is used with one mutex, and, when nobody waits any more, with another.
// Expect: silent
// Primitive: pthread_cond_t, wait with two mutexes
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutexes[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready[2];

static void* await(void* self) {
  int own = *(int*)self;
  pthread_mutex_lock(&mutexes[own]);
  while (!ready[own]) pthread_cond_wait(&changed, &mutexes[own]);
  pthread_mutex_unlock(&mutexes[own]);
  return 0;
}

int main(void) {
  for (int own = 0; own < 2; ++own) {
    pthread_t waiters[3];
    for (int i = 0; i < 3; ++i) pthread_create(&waiters[i], 0, await, &own);
    pthread_mutex_lock(&mutexes[own]);
    ready[own] = 1;
    pthread_mutex_unlock(&mutexes[own]);
    pthread_cond_broadcast(&changed);
    for (int i = 0; i < 3; ++i) pthread_join(waiters[i], 0);
  }
  pthread_cond_destroy(&changed);
  printf("%d\n", ready[0] + ready[1]);
  return 0;
}
