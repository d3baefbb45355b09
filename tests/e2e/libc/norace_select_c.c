// Intent: one thread looks at what another's select found out after the other's end.
// Expect: silent
// Primitive: select result
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <unistd.h>

static fd_set ready;
static int ends[2];

static void* runFirst(void* unused) {
  printf("%d\n", select(ends[1] + 1, NULL, &ready, NULL, NULL));
  return unused;
}

static void* runSecond(void* unused) {
  printf("%d\n", FD_ISSET(ends[1], &ready) != 0);
  return unused;
}

int main(void) {
  if (pipe(ends) != 0) exit(1);
  FD_SET(ends[1], &ready);
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_join(one, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(two, NULL);
  return 0;
}
