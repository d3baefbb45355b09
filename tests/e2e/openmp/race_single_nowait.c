// Intent: single nowait has no barrier: the other thread reads what is being written.
// Primitive: OpenMP single
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'table' at WRITE, READ
#include <stdio.h>

#include "invisible.h"

static int table = 0, sum = 0;
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel num_threads(2)
  {
    int wrote = 0;
#pragma omp single nowait
    {
      table = 7;  // RACE-WRITE
      wrote = 1;
      invisiblePass(&turns);
    }
    if (!wrote) {
      invisibleAwait(&turns, 1);
      sum = table;  // RACE-READ
    }
  }
  printf("%d\n", sum);
  return 0;
}
