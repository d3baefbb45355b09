// Intent: two threads call getpwuid under a lock.
// Expect: silent
// Primitive: getpwuid static buffer
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/types.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void* runFirst(void* unused) {
  pthread_mutex_lock(&lock);
  printf("%d\n", getpwuid(0) != NULL);
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  printf("%d\n", getpwuid(0) != NULL);
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
