// Intent: two threads update a counter under an open file description lock on one file, opened twice.
// Expect: silent
// Primitive: fcntl locks
// Languages: C C++
#define _GNU_SOURCE 1
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int counter;
static int files[2];

static void changeLock(int file, short type) {
  struct flock lock = {.l_type = type, .l_whence = SEEK_SET};
  if (fcntl(file, F_OFD_SETLKW, &lock) != 0) puts("not locked");
}

static void* runFirst(void* unused) {
  changeLock(files[0], F_WRLCK);
  counter += 1;
  changeLock(files[0], F_UNLCK);
  invisiblePass(&turns);
  return unused;
}

static void* runSecond(void* unused) {
  invisibleAwait(&turns, 1);
  changeLock(files[1], F_WRLCK);
  counter += 1;
  changeLock(files[1], F_UNLCK);
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
