// Intent: GLib's locks, conditions, one-time initialisation, queues, pools and counts order what their documentation says.
// Primitive: GLib GMutex, GLib GRecMutex, GLib GRWLock, GLib GCond, GLib GOnce, GLib GAsyncQueue, GLib GThreadPool
// Primitive: GLib atomic counts, GLib thread
// Languages: C C++
// Packages: glib-2.0
// Flags: -Wno-deprecated-declarations
// Expect: silent
#include <glib.h>
#include <stdio.h>

enum { kRounds = 200 };
static GMutex mutex, turnMutex;
static GRecMutex recursive;
static GRWLock readers;
static GCond turnChanged;
static GOnce once = G_ONCE_INIT;
static GAsyncQueue *queue, *answers;
static int underMutex, underRecursive, underReaders, turn, tried, pooled[64];
static gatomicrefcount count;

static int* lazily;

static gpointer makeOnce(gpointer unused) {
  static int made;
  made = 7;
  return &made;
}

static int* getLazily(void) {
  static gsize made = 0;
  if (g_once_init_enter(&made)) {
    static int value;
    value = 5;
    lazily = &value;
    g_once_init_leave(&made, 1);
  }
  return lazily;
}

static int lookUp(void) {
  g_rw_lock_reader_lock(&readers);
  int seen = underReaders;
  g_rw_lock_reader_unlock(&readers);
  return seen;
}

static gpointer work(gpointer self) {
  int own = GPOINTER_TO_INT(self), sum = 0;
  for (int i = 0; i < kRounds; ++i) {
    g_mutex_lock(&mutex);
    underMutex += 1;
    g_mutex_unlock(&mutex);
    if (g_mutex_trylock(&mutex)) {
      tried += 1;
      g_mutex_unlock(&mutex);
    }
    g_rec_mutex_lock(&recursive);
    g_rec_mutex_lock(&recursive);
    underRecursive += 1;
    g_rec_mutex_unlock(&recursive);
    underRecursive += 1;
    g_rec_mutex_unlock(&recursive);
    g_rw_lock_writer_lock(&readers);
    underReaders += 1;
    g_rw_lock_writer_unlock(&readers);
    sum += lookUp() * 0;
  }
  sum += *(int*)g_once_impl(&once, makeOnce, NULL) + *getLazily();
  g_mutex_lock(&turnMutex);
  for (int i = 0; i < 10; ++i) {
    while (turn % 2 != own) g_cond_wait(&turnChanged, &turnMutex);
    turn += 1;
    g_cond_broadcast(&turnChanged);
  }
  g_mutex_unlock(&turnMutex);
  return GINT_TO_POINTER(sum);
}

static gpointer consume(gpointer unused) {
  for (;;) {
    int* message = (int*)g_async_queue_pop(queue);
    int value = *message;
    *message = value + 1;
    g_async_queue_push(answers, message);
    if (value < 0) return NULL;
  }
}

static void doPooled(gpointer data, gpointer unused) { *(int*)data += 1; }

static gpointer useAndDrop(gpointer block) {
  int* shared = (int*)block;
  int seen = shared[0];
  if (g_atomic_ref_count_dec(&count)) {
    shared[0] = seen + 1;
    g_free(shared);
  }
  return NULL;
}

static void passMessages(void) {
  queue = g_async_queue_new();
  answers = g_async_queue_new();
  GThread* consumer = g_thread_new("consumer", consume, NULL);
  for (int i = 0; i < 50; ++i) {
    int* message = g_new(int, 1);
    *message = i < 49 ? i : -1;
    g_async_queue_push(queue, message);
    message = (int*)(i % 2 ? g_async_queue_pop(answers) : g_async_queue_timeout_pop(answers, 10000000));
    underMutex += *message * 0;
    g_free(message);
  }
  g_thread_join(consumer);
}

int main(void) {
  GThread* threads[2];
  for (int i = 0; i < 2; ++i) threads[i] = g_thread_new("worker", work, GINT_TO_POINTER(i));
  int sum = 0;
  for (int i = 0; i < 2; ++i) sum += GPOINTER_TO_INT(g_thread_join(threads[i]));
  passMessages();

  for (int round = 0; round < 3; ++round) {
    GThreadPool* pool = g_thread_pool_new(doPooled, NULL, 3, FALSE, NULL);
    for (int i = 0; i < 64; ++i) pooled[i] = i;
    for (int i = 0; i < 64; ++i) g_thread_pool_push(pool, &pooled[i], NULL);
    g_thread_pool_free(pool, FALSE, TRUE);
    for (int i = 0; i < 64; ++i) sum += pooled[i];
  }

  for (int round = 0; round < 20; ++round) {
    int* shared = g_new(int, 4);
    shared[0] = round;
    g_atomic_ref_count_init(&count);
    g_atomic_ref_count_inc(&count);
    GThread* other = g_thread_new("dropper", useAndDrop, shared);
    useAndDrop(shared);
    g_thread_join(other);
  }
  printf("%d %d %d %d %d %d\n", underMutex, underRecursive, underReaders, turn, sum, tried >= 0);
  return 0;
}
