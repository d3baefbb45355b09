// Intent: one of two threads updates without a flock on one file, opened twice.
// Expect: lost update on 'counter' at FIRST, SECOND
// Primitive: flock
// Languages: C C++
#define _GNU_SOURCE 1
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int counter;
static int files[2];

static void* runFirst(void* unused) {
  flock(files[0], LOCK_EX);
  counter += 1;  // RACE-FIRST
  flock(files[0], LOCK_UN);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  counter += 1;  // RACE-SECOND
  return unused;
}

int main(void) {
  pthread_t one, two;
  char name[] = "/tmp/snag-test-XXXXXX";
  files[0] = mkstemp(name);
  files[1] = open(name, O_RDWR);
  unlink(name);
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  printf("%d\n", counter);
  return 0;
}
