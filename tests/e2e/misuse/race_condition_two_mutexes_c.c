// Intent: two threads wait for one condition at the same time, each with a mutex of its own.
// Expect: condition used with two mutexes on 'changed' at LATER, EARLIER
// Primitive: pthread_cond_t, wait with two mutexes
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
InvisibleTurns turns;

static void* waitEarlier(void* unused) {
  pthread_mutex_lock(&one);
  invisiblePass(&turns);
  pthread_cond_wait(&changed, &one);  // RACE-EARLIER
  pthread_mutex_unlock(&one);
  return unused;
}

static void* waitLater(void* unused) {
  invisibleAwait(&turns, 2);
  pthread_mutex_lock(&other);
  invisiblePass(&turns);
  pthread_cond_wait(&changed, &other);  // RACE-LATER
  pthread_mutex_unlock(&other);
  return unused;
}

int main(void) {
  pthread_t earlier, later;
  pthread_create(&earlier, 0, waitEarlier, 0);
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&one);  // the first one sleeps
  pthread_mutex_unlock(&one);
  pthread_create(&later, 0, waitLater, 0);
  invisiblePass(&turns);
  invisibleAwait(&turns, 3);
  pthread_mutex_lock(&other);
  pthread_mutex_unlock(&other);
  pthread_cond_broadcast(&changed);
  pthread_join(earlier, 0);
  pthread_join(later, 0);
  printf("done\n");
  return 0;
}
