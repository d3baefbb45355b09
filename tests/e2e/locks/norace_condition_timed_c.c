// Intent: pthread_cond_timedwait and pthread_cond_clockwait, both when signalled and when out of time.
// Expect: silent
// Primitive: condition timedwait, condition clockwait
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn = 0;
static int spent = 0;

static void waitAtMost(clockid_t clock, long nanoseconds) {
  struct timespec until;
  clock_gettime(clock, &until);
  until.tv_nsec += nanoseconds;
  if (until.tv_nsec >= 1000000000L) {
    until.tv_nsec -= 1000000000L;
    until.tv_sec += 1;
  }
  if (clock == CLOCK_REALTIME) {
    pthread_cond_timedwait(&changed, &mutex, &until);
  } else {
    pthread_cond_clockwait(&changed, &mutex, clock, &until);
  }
}

static void* play(void* self) {
  int own = *(int*)self;
  pthread_mutex_lock(&mutex);
  for (int round = 0; round < 20; ++round) {
    while (turn % 2 != own) {
      waitAtMost(round % 2 ? CLOCK_REALTIME : CLOCK_MONOTONIC, 1000000);
      spent += 1;
    }
    turn += 1;
    pthread_cond_signal(&changed);
  }
  pthread_mutex_unlock(&mutex);
  return 0;
}

int main(void) {
  int names[2] = {0, 1};
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], 0, play, &names[i]);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], 0);
  printf("%d %d\n", turn, spent >= 0);
  return 0;
}
