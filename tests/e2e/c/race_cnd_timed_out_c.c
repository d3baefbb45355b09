// Intent: a cnd_timedwait that ran out of time; then the flag is read without the mutex.
// Expect: data race on 'flag' at SET, READ
// Primitive: cnd_t, cnd_timedwait
#include <stdio.h>
#include <threads.h>
#include <time.h>

#include "invisible.h"

static mtx_t mutex;
static cnd_t changed;
int flag = 0;
int seen = 0;
InvisibleTurns turns;

static int await(void* unused) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  mtx_lock(&mutex);
  cnd_timedwait(&changed, &mutex, &now);
  mtx_unlock(&mutex);
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  seen = flag;  // RACE-READ
  return unused != 0;
}

static int set(void* unused) {
  invisibleAwait(&turns, 1);
  mtx_lock(&mutex);
  flag = 1;  // RACE-SET
  cnd_signal(&changed);
  mtx_unlock(&mutex);
  invisiblePass(&turns);
  return unused != 0;
}

int main(void) {
  thrd_t waiter, setter;
  mtx_init(&mutex, mtx_plain);
  cnd_init(&changed);
  thrd_create(&waiter, await, 0);
  thrd_create(&setter, set, 0);
  thrd_join(waiter, 0);
  thrd_join(setter, 0);
  cnd_destroy(&changed);
  mtx_destroy(&mutex);
  printf("%d\n", seen);
  return 0;
}
