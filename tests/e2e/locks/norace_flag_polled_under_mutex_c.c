// Intent: a thread asks again and again, under the mutex, whether a flag is up; what was written before it came up is its.
// Expect: silent
// Primitive: pthread_mutex_t
// Languages: C C++
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int ready = 0;
static int data = 0;

static void* produce(void* unused) {
  data = 42;
  pthread_mutex_lock(&mutex);
  ready = 1;
  pthread_mutex_unlock(&mutex);
  return unused;
}

static int isReady(void) {
  pthread_mutex_lock(&mutex);
  const int now = ready;
  pthread_mutex_unlock(&mutex);
  return now;
}

int main(void) {
  pthread_t producer;
  pthread_create(&producer, 0, produce, 0);
  while (!isReady()) sched_yield();
  data += 1;
  printf("%d\n", data);
  pthread_join(producer, 0);
  return 0;
}
