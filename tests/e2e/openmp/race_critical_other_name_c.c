// Intent: a critical region with a name and one without do not exclude each other.
// Primitive: OpenMP critical
// Languages: C C++
// Flags: -fopenmp
// Expect: lost update|data race on 'shared' at FIRST, SECOND
// Says: gomp_critical_user_statistics
#include <omp.h>
#include <stdio.h>

#include "invisible.h"

static int shared = 0;
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel num_threads(2)
  if (omp_get_thread_num() == 0) {
#pragma omp critical
    shared += 1;  // RACE-FIRST
    invisiblePass(&turns);
  } else {
    invisibleAwait(&turns, 1);
#pragma omp critical(statistics)
    shared += 1;  // RACE-SECOND
  }
  printf("%d\n", shared);
  return 0;
}
