// Intent: two threads write under two different OpenMP locks, one of them nestable and given back only once.
// Primitive: OpenMP lock, OpenMP nest lock
// Languages: C C++
// Flags: -fopenmp
// Expect: lost update|data race on 'shared' at FIRST, SECOND
#include <omp.h>
#include <stdio.h>

#include "invisible.h"

static int shared = 0;
static omp_lock_t lock;
static omp_nest_lock_t nestLock;
static InvisibleTurns turns;

int main(void) {
  omp_init_lock(&lock);
  omp_init_nest_lock(&nestLock);
#pragma omp parallel num_threads(2)
  {
    if (omp_get_thread_num() == 0) {
      omp_set_lock(&lock);
      shared += 1;  // RACE-FIRST
      omp_unset_lock(&lock);
      invisiblePass(&turns);
    } else {
      invisibleAwait(&turns, 1);
      omp_set_nest_lock(&nestLock);
      omp_set_nest_lock(&nestLock);
      omp_unset_nest_lock(&nestLock);
      shared += 1;  // RACE-SECOND
      omp_unset_nest_lock(&nestLock);
    }
  }
  omp_destroy_lock(&lock);
  omp_destroy_nest_lock(&nestLock);
  printf("%d\n", shared);
  return 0;
}
