// Intent: the number is read and changed under a lock.
// Expect: silent
// Primitive: strtol, atoi
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char text[16] = "1234";

static void* runFirst(void* unused) {
  pthread_mutex_lock(&lock);
  text[2] = 0;
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  printf("%ld\n", strtol(text, NULL, 10));
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
