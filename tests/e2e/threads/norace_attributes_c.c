// Intent: threads with attributes: created detached, on a stack of the program's own, with a larger guard.
// Expect: silent
// Primitive: pthread_attr_t detached state, pthread_attr_t stack, pthread_attr_t guard size
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>

enum { kStack = 256 * 1024 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int finished = 0;
static int sum = 0;

static void* work(void* argument) {
  volatile int cells[1000];
  for (int i = 0; i < 1000; ++i) cells[i] = i;
  pthread_mutex_lock(&mutex);
  sum += cells[999] + (argument != 0);
  finished += 1;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&mutex);
  return argument;
}

int main(void) {
  char* stack = (char*)mmap(0, kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  for (int round = 0; round < 5; ++round) {
    pthread_attr_t own, guarded, detached;
    pthread_t onOwn, behindGuard, unnamed;
    pthread_attr_init(&own);
    pthread_attr_setstack(&own, stack, kStack);
    pthread_attr_init(&guarded);
    pthread_attr_setguardsize(&guarded, 65536);
    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    pthread_create(&onOwn, &own, work, stack);
    pthread_create(&behindGuard, &guarded, work, 0);
    pthread_create(&unnamed, &detached, work, 0);
    pthread_join(onOwn, 0);
    pthread_join(behindGuard, 0);
    pthread_attr_destroy(&own);
    pthread_attr_destroy(&guarded);
    pthread_attr_destroy(&detached);
    stack[0] = (char)round;
  }
  pthread_mutex_lock(&mutex);
  while (finished < 15) pthread_cond_wait(&changed, &mutex);
  pthread_mutex_unlock(&mutex);
  munmap(stack, kStack);
  printf("%d\n", sum);
  return 0;
}
