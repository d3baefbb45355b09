// Intent: one thread looks at what another's poll found out after the other's end.
// Expect: silent
// Primitive: poll result
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct pollfd ready;

static void* runFirst(void* unused) {
  printf("%d\n", poll(&ready, 1, 1000));
  return unused;
}

static void* runSecond(void* unused) {
  printf("%d\n", ready.revents);
  return unused;
}

int main(void) {
  int ends[2];
  if (pipe(ends) != 0) exit(1);
  ready = (struct pollfd){ends[1], POLLOUT, 0};
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_join(one, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(two, NULL);
  return 0;
}
