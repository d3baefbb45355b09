// Intent: the parent reads the result without waiting for the task.
// Primitive: OpenMP taskwait
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'result' at WRITE, READ
#include <stdio.h>

#include "invisible.h"

static int result = 0, seen = 0;
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task
    {
      result = 1;  // RACE-WRITE
      invisiblePass(&turns);
    }
    invisibleAwait(&turns, 1);
    seen = result;  // RACE-READ
#pragma omp taskwait
  }
  printf("%d\n", seen);
  return 0;
}
