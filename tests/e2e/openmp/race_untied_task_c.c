// Intent: what an untied task does after it has yielded is not ordered before its parent's read either.
// Primitive: OpenMP untied task
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'cell' at WRITE, READ
#include <stdio.h>

#include "invisible.h"

static int cell = 0, seen = 0;
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task untied
    {
      invisiblePass(&turns);
#pragma omp taskyield
      cell = 1;  // RACE-WRITE
      invisiblePass(&turns);
    }
    invisibleAwait(&turns, 2);
    seen = cell;  // RACE-READ
  }
  printf("%d\n", seen);
  return 0;
}
