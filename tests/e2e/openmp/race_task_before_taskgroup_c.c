// Intent: a taskgroup waits for tasks created in it, not for one that its thread created before.
// Primitive: OpenMP taskgroup
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'result' at WRITE, READ
#include <stdio.h>

#include "invisible.h"

static int result = 0, inGroup = 0, seen = 0;
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task
    {
      result = 1;  // RACE-WRITE
      invisiblePass(&turns);
      invisibleAwait(&turns, 2);
    }
    invisibleAwait(&turns, 1);  // only now: the end of the group may execute the task itself
#pragma omp taskgroup
    {
#pragma omp task
      inGroup = 2;
    }
    seen = inGroup + result;  // RACE-READ
    invisiblePass(&turns);
  }
  printf("%d\n", seen);
  return 0;
}
