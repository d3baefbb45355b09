// Intent: one thread updates atomically, the other reads without.
// Primitive: OpenMP atomic
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'count' at ADD, READ
#include <stdio.h>

#include "invisible.h"

static int count = 0, seen = 0;
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel sections num_threads(2)
  {
#pragma omp section
    {
#pragma omp atomic
      count += 1;  // RACE-ADD
      invisiblePass(&turns);
    }
#pragma omp section
    {
      invisibleAwait(&turns, 1);
      seen = count;  // RACE-READ
    }
  }
  printf("%d\n", seen);
  return 0;
}
