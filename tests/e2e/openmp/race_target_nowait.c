// Intent: a target region that is not waited for runs beside its creator.
// Primitive: OpenMP target on the host
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'cell' at WRITE, READ
#include <stdio.h>

#include "invisible.h"

static int cell = 0;
static InvisibleTurns turns;

int main(void) {
  int seen = 0;
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp target nowait map(tofrom : cell)
    {
      cell = 1;  // RACE-WRITE
      invisiblePass(&turns);
    }
    invisibleAwait(&turns, 1);
    seen = cell;  // RACE-READ
#pragma omp taskwait
  }
  printf("%d\n", seen);
  return 0;
}
