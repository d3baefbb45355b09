// Intent: a cancelled thread's last writes are ordered before the join that finds it cancelled.
// Expect: silent
// Primitive: cancellation
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int started[2];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void* work(void* unused) {
  pthread_mutex_lock(&mutex);
  started[0] = 1;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&mutex);
  started[1] = 2;
  for (;;) pause();
  return unused;
}

int main(void) {
  pthread_t thread;
  void* result = 0;
  pthread_create(&thread, 0, work, 0);
  pthread_mutex_lock(&mutex);
  while (!started[0]) pthread_cond_wait(&changed, &mutex);
  pthread_mutex_unlock(&mutex);
  pthread_cancel(thread);
  pthread_join(thread, &result);
  printf("%d %d\n", result == PTHREAD_CANCELED, started[0]);
  return started[1] == 2 || started[1] == 0 ? 0 : 1;
}
