// Intent: two tasks fill parts of an array that overlap in one element.
// Primitive: OpenMP task
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'cells[4]|cells' at FILL, FILL
#include <stdio.h>

#include "invisible.h"

static int cells[8];
static InvisibleTurns turns;

__attribute__((noinline)) static void fill(int from, int to) {
  invisibleMeet(&turns, 2);
  for (int i = from; i < to; ++i) cells[i] = i;  // RACE-FILL
}

int main(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task
    fill(0, 5);
#pragma omp task
    fill(4, 8);
  }
  printf("%d %d\n", cells[4], cells[7]);
  return 0;
}
