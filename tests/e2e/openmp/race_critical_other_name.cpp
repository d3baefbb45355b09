// Intent: critical regions of different names do not exclude each other.
// Primitive: OpenMP critical
// Flags: -fopenmp
// Expect: lost update|data race on 'shared' at FIRST, SECOND
// Says: gomp_critical_user_one
#include <cstdio>

#include "invisible.h"

int shared = 0;
InvisibleTurns turns;

int main() {
#pragma omp parallel sections num_threads(2)
  {
#pragma omp section
    {
#pragma omp critical(one)
      shared += 1;  // RACE-FIRST
      invisiblePass(&turns);
    }
#pragma omp section
    {
      invisibleAwait(&turns, 1);
#pragma omp critical(two)
      shared += 1;  // RACE-SECOND
    }
  }
  std::printf("%d\n", shared);
}
