// Intent: tryjoin, timedjoin and clockjoin order what a thread did, when they succeed.
// Expect: silent
// Primitive: pthread_tryjoin_np, pthread_timedjoin_np, pthread_clockjoin_np
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>

static int results[3];

static void* work(void* result) {
  *(int*)result = 7;
  return result;
}

static struct timespec soon(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  time.tv_sec += 60;
  return time;
}

int main(void) {
  pthread_t threads[3];
  void* result = 0;
  for (int i = 0; i < 3; ++i) pthread_create(&threads[i], 0, work, &results[i]);
  while (pthread_tryjoin_np(threads[0], &result) != 0) sched_yield();
  struct timespec until = soon(CLOCK_REALTIME);
  int errors = pthread_timedjoin_np(threads[1], &result, &until);
  until = soon(CLOCK_MONOTONIC);
  errors += pthread_clockjoin_np(threads[2], &result, CLOCK_MONOTONIC, &until);
  printf("%d %d\n", errors, results[0] + results[1] + results[2]);
  return 0;
}
