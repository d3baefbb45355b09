// Intent: the buffer is filled and read under a lock.
// Expect: silent
// Primitive: fgets
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char buffer[32];
static FILE* file;

static void* runFirst(void* unused) {
  pthread_mutex_lock(&lock);
  if (fgets(buffer, sizeof buffer, file) == NULL) puts("no line");
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  printf("%c\n", buffer[1]);
  pthread_mutex_unlock(&lock);
  return unused;
}

int main(void) {
  pthread_t one, two;
  file = tmpfile();
  fputs("first line\nsecond line\n", file);
  rewind(file);
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  return 0;
}
