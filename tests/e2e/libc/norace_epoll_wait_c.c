// Intent: one thread looks at what another's epoll_wait found out after the other's end.
// Expect: silent
// Primitive: epoll_wait result
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

static struct epoll_event ready = {EPOLLOUT, {0}};
static int group;

static void* runFirst(void* unused) {
  printf("%d\n", epoll_wait(group, &ready, 1, 1000));
  return unused;
}

static void* runSecond(void* unused) {
  printf("%d\n", ready.events != 0);
  return unused;
}

int main(void) {
  int ends[2];
  group = epoll_create1(0);
  if (pipe(ends) != 0 || epoll_ctl(group, EPOLL_CTL_ADD, ends[1], &ready) != 0) exit(1);
  pthread_t one, two;
  pthread_create(&one, NULL, runFirst, NULL);
  pthread_join(one, NULL);
  pthread_create(&two, NULL, runSecond, NULL);
  pthread_join(two, NULL);
  return 0;
}
