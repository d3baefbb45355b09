// Intent: a descriptor is used before a lock and closed after it.
// Expect: silent
// Primitive: close vs use of a descriptor
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int file;

static void* use(void* unused) {
  if (pwrite(file, "x", 1, 0) != 1) puts("not written");
  pthread_mutex_lock(&lock);
  pthread_mutex_unlock(&lock);
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  char name[] = "/tmp/snag-test-XXXXXX";
  file = mkstemp(name);
  unlink(name);
  pthread_create(&thread, NULL, use, NULL);
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  pthread_mutex_unlock(&lock);
  close(file);
  pthread_join(thread, NULL);
  return 0;
}
