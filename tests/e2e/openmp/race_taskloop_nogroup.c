// Intent: nogroup: nobody waits for the taskloop's tasks before the read.
// Primitive: OpenMP taskloop
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'cells[0]|cells[1]|cells' at WRITE, READ
#include <stdio.h>

#include "invisible.h"

static int cells[2];
static int seen = 0;
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp taskloop nogroup num_tasks(1)
    for (int i = 0; i < 1; ++i) {
      cells[i] = i;  // RACE-WRITE
      invisiblePass(&turns);
    }
    invisibleAwait(&turns, 1);
    seen = cells[0];  // RACE-READ
  }
  printf("%d\n", seen);
  return 0;
}
