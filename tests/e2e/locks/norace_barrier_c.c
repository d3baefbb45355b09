// Intent: threads write their own cells, meet at a barrier, and read their neighbours'; the last one out does more.
// Expect: silent
// Primitive: pthread_barrier_t, destroy of a barrier in use
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

enum { kThreads = 4, kRounds = 10 };

static pthread_barrier_t barrier;
static int cells[kThreads];
static int serial = 0;

static void* work(void* argument) {
  const int self = *(int*)argument;
  for (int round = 0; round < kRounds; ++round) {
    cells[self] += round;
    if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) serial += 1;
    const int neighbour = cells[(self + 1) % kThreads];
    pthread_barrier_wait(&barrier);
    cells[self] += neighbour % 2;
  }
  return 0;
}

int main(void) {
  pthread_t threads[kThreads];
  int names[kThreads];
  pthread_barrier_init(&barrier, 0, kThreads);
  for (int i = 0; i < kThreads; ++i) {
    names[i] = i;
    pthread_create(&threads[i], 0, work, &names[i]);
  }
  for (int i = 0; i < kThreads; ++i) pthread_join(threads[i], 0);
  pthread_barrier_destroy(&barrier);
  printf("%d\n", serial);
  return 0;
}
