// Intent: with nowait a thread reads the result of a reduction before another has added its part.
// Primitive: OpenMP reduction
// Languages: C C++
// Flags: -fopenmp
// Env: KMP_FORCE_REDUCTION=critical
// Expect: data race on 'sum' at REDUCE, READ
#include <omp.h>
#include <stdio.h>

#include "invisible.h"

int sum = 0, seen = 0;
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel num_threads(2)
  {
#pragma omp for reduction(+ : sum) schedule(static) nowait  // RACE-REDUCE
    for (int i = 0; i < 4; ++i) {
      if (i == 3) invisibleAwait(&turns, 1);
      sum += i;  // RACE-REDUCE
    }
    invisiblePass(&turns);
    if (omp_get_thread_num() == 0) {
      invisibleAwait(&turns, 2);
      seen = sum;  // RACE-READ
    }
  }
  printf("%d\n", seen);
  return 0;
}
