// Intent: critical regions, atomic updates, simple and nest locks count without loss; a release write hands data over.
// Primitive: OpenMP critical, OpenMP atomic, OpenMP lock, OpenMP nest lock
// Languages: C C++
// Flags: -fopenmp
// Expect: silent
#include <omp.h>
#include <stdio.h>

static long unnamed = 0, named = 0, counted = 0, locked = 0, nested = 0;
static int message = 0, sent = 0;
static omp_lock_t lock;
static omp_nest_lock_t nestLock;

static void addNested(int depth) {
  omp_set_nest_lock(&nestLock);
  if (depth > 0) addNested(depth - 1);
  nested += depth;
  omp_unset_nest_lock(&nestLock);
}

static void countAll(void) {
#pragma omp parallel for num_threads(4)
  for (int i = 0; i < 400; ++i) {
#pragma omp critical
    unnamed += i;
#pragma omp critical(name)
    named = named + i % 7;
    long before;
#pragma omp atomic capture
    before = counted++;
    while (!omp_test_lock(&lock)) {
    }
    locked += before;
    omp_unset_lock(&lock);
    addNested(2);
  }
}

static void send(void) {
  message += 42;
#pragma omp atomic write release
  sent = 1;
}

static void receive(void) {
  int isThere = 0;
  while (!isThere) {
#pragma omp atomic read acquire
    isThere = sent;
  }
  message += 1;
}

int main(void) {
  omp_init_lock(&lock);
  omp_init_nest_lock(&nestLock);
  countAll();
#pragma omp parallel num_threads(2)
  omp_get_thread_num() == 0 ? receive() : send();
  omp_destroy_lock(&lock);
  omp_destroy_nest_lock(&nestLock);
  printf("%ld %ld %ld %ld %ld %d\n", unnamed, named, counted, locked, nested, message);
  return 0;
}
