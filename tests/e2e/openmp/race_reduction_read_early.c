// Intent: with nowait the result of a reduction is read before the team's barrier.
// Primitive: OpenMP reduction
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
#pragma omp for reduction(+ : sum) nowait  // RACE-REDUCE
    for (int i = 0; i < 4; ++i) sum += i;  // RACE-REDUCE
    invisibleMeet(&turns, 2);
    if (omp_get_thread_num() == 0) seen = sum;  // RACE-READ
  }
  printf("%d\n", seen);
  return 0;
}
