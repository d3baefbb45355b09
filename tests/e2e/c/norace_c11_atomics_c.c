// Intent: C11 atomics: a release store and an acquire load, and an atomic counter.
// Expect: silent
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static int message = 0;
static atomic_int flag = 0;
static _Atomic long total = 0;

static void* send(void* unused) {
  message = 42;
  atomic_store_explicit(&flag, 1, memory_order_release);
  for (int i = 0; i < 100; ++i) total += i;
  return unused;
}

static void* receive(void* seen) {
  while (atomic_load_explicit(&flag, memory_order_acquire) == 0) sched_yield();
  *(int*)seen = message;
  for (int i = 0; i < 100; ++i) atomic_fetch_add(&total, 1);
  return 0;
}

int main(void) {
  int seen = 0;
  pthread_t sender, receiver;
  pthread_create(&sender, 0, send, 0);
  pthread_create(&receiver, 0, receive, &seen);
  pthread_join(sender, 0);
  pthread_join(receiver, 0);
  printf("%d %ld\n", seen, (long)total);
  return 0;
}
