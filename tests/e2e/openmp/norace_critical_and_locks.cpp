// Intent: critical regions, simple locks and nest locks protect what they should; test functions too.
// Primitive: OpenMP critical, OpenMP lock, OpenMP nest lock
// Flags: -fopenmp
// Expect: silent
#include <omp.h>

#include <cstdio>

int unnamed = 0, named = 0, hinted = 0, locked = 0, tested = 0, nested = 0;
omp_lock_t lock;
omp_nest_lock_t nestLock;

void addNested(int depth) {
  omp_set_nest_lock(&nestLock);
  if (depth > 0) addNested(depth - 1);
  nested += 1;
  omp_unset_nest_lock(&nestLock);
}

int main() {
  omp_init_lock(&lock);
  omp_init_nest_lock(&nestLock);
#pragma omp parallel for num_threads(4)
  for (int i = 0; i < 400; ++i) {
#pragma omp critical
    unnamed += 1;
#pragma omp critical(statistics)
    named += 1;
#pragma omp critical(speculative) hint(omp_sync_hint_contended)
    hinted += 1;
    omp_set_lock(&lock);
    locked += 1;
    omp_unset_lock(&lock);
    if (omp_test_lock(&lock)) {
      tested += 1;
      omp_unset_lock(&lock);
    }
    addNested(2);
    if (omp_test_nest_lock(&nestLock)) {
      nested += 0;
      omp_unset_nest_lock(&nestLock);
    }
  }
  omp_destroy_lock(&lock);
  omp_destroy_nest_lock(&nestLock);
  std::printf("%d %d %d %d %d %d\n", unnamed, named, hinted, locked, tested > 0, nested);
}
