// Intent: a condition is destroyed right after the broadcast that wakes everybody: POSIX allows it.
// Expect: silent
// Primitive: pthread_cond_t destroy, destroy of a condition in use
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct Signal {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int ready, waiting, gone;
};

static void* await(void* argument) {
  struct Signal* signal = (struct Signal*)argument;
  pthread_mutex_lock(&signal->mutex);
  signal->waiting += 1;
  while (!signal->ready) pthread_cond_wait(&signal->changed, &signal->mutex);
  pthread_mutex_unlock(&signal->mutex);
  return 0;
}

int main(void) {
  int rounds = 0;
  for (; rounds < 20; ++rounds) {
    struct Signal* signal = (struct Signal*)calloc(1, sizeof *signal);
    pthread_mutex_init(&signal->mutex, 0);
    pthread_cond_init(&signal->changed, 0);
    pthread_t waiters[3];
    for (int i = 0; i < 3; ++i) pthread_create(&waiters[i], 0, await, signal);
    pthread_mutex_lock(&signal->mutex);
    signal->ready = 1;
    pthread_cond_broadcast(&signal->changed);
    if (signal->waiting == 3) pthread_cond_destroy(&signal->changed);
    pthread_mutex_unlock(&signal->mutex);
    for (int i = 0; i < 3; ++i) pthread_join(waiters[i], 0);
    pthread_mutex_destroy(&signal->mutex);
    free(signal);
  }
  printf("%d\n", rounds);
  return 0;
}
