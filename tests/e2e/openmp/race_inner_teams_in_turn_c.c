// Intent: two inner teams, one after the other with the same pooled thread; the end of the first orders its own team only.
// Primitive: OpenMP nested parallel
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'result' at WRITE, READ
#include <omp.h>
#include <stdio.h>

#include "invisible.h"

static int result = 0, seen = 0;
static InvisibleTurns turns;

static void writeFirst(void) {
#pragma omp parallel num_threads(2)
  if (omp_get_thread_num() == 1) result = 1;  // RACE-WRITE
  invisiblePass(&turns);
}

static void readLater(void) {
  invisibleAwait(&turns, 1);
#pragma omp parallel num_threads(2)
  if (omp_get_thread_num() == 0) seen = result;  // RACE-READ
}

int main(void) {
  omp_set_max_active_levels(2);
#pragma omp parallel num_threads(2)
  omp_get_thread_num() == 0 ? writeFirst() : readLater();
  printf("%d\n", seen);
  return 0;
}
