// Intent: work on libuv's pool, async wake-ups, its threads and its locks hand data over.
// Primitive: libuv work queue, libuv async, libuv locks and threads
// Languages: C C++
// Packages: libuv
// Expect: silent
#include <stdio.h>
#include <uv.h>

typedef struct {
  uv_work_t request;
  int value;
} Job;

static Job jobs[20];
static int sum = 0, message = 0, received = 0, locked = 0;
static uv_async_t async;
static uv_mutex_t mutex;
static uv_sem_t ready;
static uv_rwlock_t readers;
static uv_cond_t changed;
static uv_barrier_t barrier;
static uv_once_t once = UV_ONCE_INIT;
static int made = 0, shown = 0;

static void makeOnce(void) { made = 3; }
static void doJob(uv_work_t* request) { ((Job*)request)->value += 1; }
static void afterJob(uv_work_t* request, int status) { sum += ((Job*)request)->value + status; }

static void receive(uv_async_t* handle) {
  uv_mutex_lock(&mutex);
  received += message;
  int last = message == 10;
  uv_mutex_unlock(&mutex);
  if (last) uv_close((uv_handle_t*)handle, NULL);
}

static void sendMany(void* unused) {
  uv_once(&once, makeOnce);
  for (int i = 1; i <= 10; ++i) {
    uv_mutex_lock(&mutex);
    message = i;
    uv_mutex_unlock(&mutex);
    uv_async_send(&async);
    uv_rwlock_wrlock(&readers);
    locked += made;
    uv_rwlock_wrunlock(&readers);
  }
  uv_mutex_lock(&mutex);
  shown = 1;
  uv_cond_signal(&changed);
  uv_mutex_unlock(&mutex);
  uv_sem_post(&ready);
  uv_barrier_wait(&barrier);
}

// Nothing but the wake-up orders this one.
static uv_async_t bare;
static int payload = 0, got = 0;
static void sendBare(void* unused) {
  payload = 42;
  uv_async_send(&bare);
}
static void receiveBare(uv_async_t* handle) {
  got = payload;
  uv_close((uv_handle_t*)handle, NULL);
}

int main(void) {
  uv_loop_t* loop = uv_default_loop();
  uv_mutex_init(&mutex);
  uv_sem_init(&ready, 0);
  uv_rwlock_init(&readers);
  uv_cond_init(&changed);
  uv_barrier_init(&barrier, 2);
  for (int i = 0; i < 20; ++i) {
    jobs[i].value = i;
    uv_queue_work(loop, &jobs[i].request, doJob, afterJob);
  }
  uv_async_init(loop, &async, receive);
  uv_async_init(loop, &bare, receiveBare);
  uv_thread_t sender, other;
  uv_thread_create(&sender, sendMany, NULL);
  uv_thread_create(&other, sendBare, NULL);
  uv_run(loop, UV_RUN_DEFAULT);
  uv_mutex_lock(&mutex);
  while (!shown) uv_cond_wait(&changed, &mutex);
  uv_mutex_unlock(&mutex);
  uv_sem_wait(&ready);
  uv_barrier_wait(&barrier);
  uv_rwlock_rdlock(&readers);
  sum += locked;
  uv_rwlock_rdunlock(&readers);
  uv_thread_join(&sender);
  uv_thread_join(&other);
  printf("%d %d %d\n", sum, received > 0, got);
  return 0;
}
