// Intent: readers hold a read-write lock for reading, the writer for writing (timedrdlock).
// Expect: silent
// Primitive: pthread_rwlock_timedrdlock
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "invisible.h"

static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
int counter = 0;
int seen[2];
InvisibleTurns turns;

static struct timespec soon(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  time.tv_sec += 60;
  return time;
}

static void* read(void* argument) {
  struct timespec until = soon(CLOCK_REALTIME);
  if (pthread_rwlock_timedrdlock(&table, &until) != 0) return 0;
  seen[argument != 0] = counter;
  pthread_rwlock_unlock(&table);
  return 0;
}

int main(void) {
  pthread_t first, second;
  pthread_create(&first, 0, read, 0);
  pthread_create(&second, 0, read, &turns);
  pthread_rwlock_wrlock(&table);
  counter += 1;
  pthread_rwlock_unlock(&table);
  pthread_join(first, 0);
  pthread_join(second, 0);
  printf("%d\n", counter + (seen[0] + seen[1] > 2));
  return 0;
}
