// Intent: errno belongs to one thread: two threads set it and read it at the same time.
// Expect: silent
// Primitive: errno
// Languages: C C++
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "invisible.h"

static InvisibleTurns turns;
static int right[2];

static void* fail(void* argument) {
  const int self = *(int*)argument;
  invisibleMeet(&turns, 2);
  for (int round = 0; round < 100; ++round) {
    errno = self + 1;
    invisibleYield();
    right[self] += errno == self + 1;
    if (self == 0) {
      right[self] += close(-1) == -1 && errno == EBADF;
    } else {
      right[self] += access("/there/is/no/such/file", F_OK) == -1 && errno == ENOENT;
    }
  }
  return 0;
}

int main(void) {
  pthread_t threads[2];
  int names[2] = {0, 1};
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], 0, fail, &names[i]);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], 0);
  printf("%d %d\n", right[0], right[1]);
  return 0;
}
