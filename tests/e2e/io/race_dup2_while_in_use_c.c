// Intent: dup2 replaces a descriptor while nothing orders that with its use on another thread.
// Expect: file descriptor race on '*' at USE, CLOSE
// Primitive: dup2 over a descriptor in use
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int file, other;

static void* use(void* unused) {
  if (pwrite(file, "x", 1, 0) != 1) puts("not written");  // RACE-USE
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  pthread_t thread;
  char name[] = "/tmp/snag-test-XXXXXX";
  file = mkstemp(name);
  other = dup(file);
  unlink(name);
  pthread_create(&thread, NULL, use, NULL);
  invisibleAwait(&turns, 1);
  pthread_mutex_lock(&lock);
  pthread_mutex_unlock(&lock);
  dup2(other, file);  // RACE-CLOSE
  pthread_join(thread, NULL);
  return 0;
}
