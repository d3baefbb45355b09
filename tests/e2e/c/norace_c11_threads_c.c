// Intent: C11 threads: creation, join, detach, conditions, call_once and thread-specific storage order what they should.
// Expect: silent
// Primitive: thrd_create, thrd_join, thrd_detach, cnd_t, cnd_broadcast, cnd_timedwait, C11 call_once, tss_t
#include <stdio.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>

static mtx_t mutex;
static cnd_t changed;
static once_flag once = ONCE_FLAG_INIT;
static tss_t key;
static int table, waiting, released, finished, detachedDone;
static int destroyed;

static void fillTable(void) { table = 42; }

static void destroyValue(void* value) {
  mtx_lock(&mutex);
  destroyed += *(int*)value;
  mtx_unlock(&mutex);
  free(value);
}

static int work(void* argument) {
  int* own = malloc(sizeof *own);
  *own = 1;
  tss_set(key, own);
  call_once(&once, fillTable);
  const int seen = table;
  mtx_lock(&mutex);
  waiting += 1;
  cnd_broadcast(&changed);
  while (!released) {
    struct timespec until;
    timespec_get(&until, TIME_UTC);
    until.tv_sec += 30;
    cnd_timedwait(&changed, &mutex, &until);
  }
  finished += 1;
  mtx_unlock(&mutex);
  *(int*)argument = seen;
  *(int*)tss_get(key) = 2;
  thrd_exit(7);
}

static int workDetached(void* unused) {
  mtx_lock(&mutex);
  detachedDone = 1;
  cnd_broadcast(&changed);
  mtx_unlock(&mutex);
  return unused != 0;
}

int main(void) {
  mtx_init(&mutex, mtx_plain);
  cnd_init(&changed);
  tss_create(&key, destroyValue);
  thrd_t threads[3], detached;
  int results[3], codes = 0;
  for (int i = 0; i < 3; ++i) thrd_create(&threads[i], work, &results[i]);
  thrd_create(&detached, workDetached, 0);
  thrd_detach(detached);
  mtx_lock(&mutex);
  while (waiting < 3 || !detachedDone) cnd_wait(&changed, &mutex);
  released = 1;
  cnd_broadcast(&changed);
  mtx_unlock(&mutex);
  for (int i = 0; i < 3; ++i) {
    int code = 0;
    thrd_join(threads[i], &code);
    codes += code;
  }
  printf("%d %d %d %d %d\n", results[0] + results[1] + results[2], codes, finished, destroyed, table);
  tss_delete(key);
  cnd_destroy(&changed);
  mtx_destroy(&mutex);
  return 0;
}
