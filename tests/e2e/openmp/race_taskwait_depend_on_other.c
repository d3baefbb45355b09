// Intent: taskwait depends on one variable, and the other one is read.
// Primitive: OpenMP taskwait depend
// Languages: C C++
// Flags: -fopenmp -fopenmp-version=51
// Expect: data race on 'second' at WRITE, READ
#include <stdio.h>

#include "invisible.h"

static int first = 0, second = 0, seen = 0;
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task depend(out : second)
    {
      second = 1;  // RACE-WRITE
      invisiblePass(&turns);
      invisibleAwait(&turns, 2);
    }
    invisibleAwait(&turns, 1);
#pragma omp task depend(out : first)
    first = 1;
#pragma omp taskwait depend(in : first)
    seen = second;  // RACE-READ
    invisiblePass(&turns);
  }
  printf("%d\n", seen);
  return 0;
}
