// Intent: every kind of pthread mutex, taken with lock, trylock, timedlock and clocklock, protects its counter.
// Expect: silent
// Primitive: mutex normal, mutex recursive, mutex error-checking, mutex trylock, mutex timedlock, mutex clocklock
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>

enum { kKinds = 4, kRounds = 40 };

static pthread_mutex_t mutexes[kKinds];
static int counters[kKinds];

static struct timespec soon(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  time.tv_sec += 20;
  return time;
}

static void lockSomehow(pthread_mutex_t* mutex, int way) {
  struct timespec until;
  switch (way % 4) {
    case 0:
      pthread_mutex_lock(mutex);
      break;
    case 1:
      while (pthread_mutex_trylock(mutex) != 0) sched_yield();
      break;
    case 2:
      until = soon(CLOCK_REALTIME);
      while (pthread_mutex_timedlock(mutex, &until) != 0) sched_yield();
      break;
    default:
      until = soon(CLOCK_MONOTONIC);
      while (pthread_mutex_clocklock(mutex, CLOCK_MONOTONIC, &until) != 0) sched_yield();
  }
}

static void* work(void* unused) {
  for (int round = 0; round < kRounds; ++round) {
    for (int kind = 0; kind < kKinds; ++kind) {
      lockSomehow(&mutexes[kind], round + kind);
      counters[kind] += 1;
      pthread_mutex_unlock(&mutexes[kind]);
    }
  }
  return unused;
}

int main(void) {
  const int kinds[kKinds] = {PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_RECURSIVE,
                             PTHREAD_MUTEX_ADAPTIVE_NP};
  for (int kind = 0; kind < kKinds; ++kind) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, kinds[kind]);
    pthread_mutex_init(&mutexes[kind], &attributes);
    pthread_mutexattr_destroy(&attributes);
  }
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) pthread_create(&threads[i], 0, work, 0);
  for (int i = 0; i < 3; ++i) pthread_join(threads[i], 0);
  for (int kind = 0; kind < kKinds; ++kind) {
    printf("%d ", counters[kind]);
    pthread_mutex_destroy(&mutexes[kind]);
  }
  printf("\n");
  return 0;
}
