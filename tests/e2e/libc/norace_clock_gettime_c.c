// Intent: the time is asked for and read under a lock.
// Expect: silent
// Primitive: clock_gettime, gettimeofday
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct timespec now;

static void* runFirst(void* unused) {
  pthread_mutex_lock(&lock);
  clock_gettime(CLOCK_REALTIME, &now);
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  printf("%d\n", now.tv_sec > 0);
  pthread_mutex_unlock(&lock);
  return unused;
}

int main(void) {
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
