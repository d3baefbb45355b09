// handover: how many nanoseconds a cache line takes from one processor to another, one way.
// Of virtual machines it depends on where the host has put the processors just now: two threads of one core, two cores
// beside each other, or far apart. That can change from second to second, and programs whose threads share memory, or a
// core, take several times as long at one place as at another.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum { kBatches = 20, kRounds = 500 };

static _Alignas(128) atomic_int turn;  // odd: the other thread's

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void* answer(void* unused) {
  for (int i = 0; i < kBatches * kRounds; ++i) {
    while (atomic_load_explicit(&turn, memory_order_acquire) != 2 * i + 1) continue;
    atomic_store_explicit(&turn, 2 * i + 2, memory_order_release);
  }
  return unused;
}

static void ask(int i) {
  atomic_store_explicit(&turn, 2 * i + 1, memory_order_release);
  while (atomic_load_explicit(&turn, memory_order_acquire) != 2 * i + 2) continue;
}

int main(void) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0 || CPU_COUNT(&allowed) < 2)
    return fprintf(stderr, "handover: needs two processors\n"), 1;
  pthread_t other;
  if (pthread_create(&other, NULL, answer, NULL) != 0) return fprintf(stderr, "handover: no second thread\n"), 1;
  double best = 1e18;  // of the batches: in the others something else ran
  for (int batch = 0, i = 0; batch < kBatches; ++batch) {
    double began = now();
    for (int end = i + kRounds; i < end; ++i) ask(i);
    double took = (now() - began) / (2 * kRounds);
    if (took < best) best = took;
  }
  pthread_join(other, NULL);
  printf("%.1f\n", best);
  return 0;
}
