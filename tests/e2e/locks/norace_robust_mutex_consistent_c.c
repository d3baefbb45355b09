// Intent: the owner of a robust mutex dies; the next one gets EOWNERDEAD, knows what the dead one wrote, and makes the
// Intent: mutex consistent; a second mutex is given up and destroyed.
// Expect: silent
// Primitive: pthread_mutex_t robust, pthread_mutex_consistent
// Languages: C C++
#define _GNU_SOURCE 1
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex, givenUp;
static int counter = 0;
static int deaths = 0;

static void* die(void* unused) {
  pthread_mutex_lock(&mutex);
  pthread_mutex_lock(&givenUp);
  counter += 1;
  return unused;
}

static void* inherit(void* unused) {
  const int error = pthread_mutex_lock(&mutex);
  if (error == EOWNERDEAD) {
    deaths += 1;
    pthread_mutex_consistent(&mutex);
  }
  counter += 1;
  pthread_mutex_unlock(&mutex);
  return unused;
}

int main(void) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&mutex, &attributes);
  pthread_mutex_init(&givenUp, &attributes);
  pthread_t dead, heirs[2];
  pthread_create(&dead, 0, die, 0);
  for (int i = 0; i < 2; ++i) pthread_create(&heirs[i], 0, inherit, 0);
  pthread_join(dead, 0);
  for (int i = 0; i < 2; ++i) pthread_join(heirs[i], 0);
  const int error = pthread_mutex_lock(&givenUp);
  pthread_mutex_unlock(&givenUp);
  printf("%d %d %d %d\n", counter, error == EOWNERDEAD, pthread_mutex_lock(&givenUp) == ENOTRECOVERABLE,
         pthread_mutex_destroy(&givenUp));
  pthread_mutex_destroy(&mutex);
  return deaths > 1;
}
