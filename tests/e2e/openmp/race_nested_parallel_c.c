// Intent: the end of an inner region orders its work before what its own thread does next, but for nobody else.
// Primitive: OpenMP nested parallel
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'result' at WRITE, READ
#include <omp.h>
#include <stdio.h>

#include "invisible.h"

static int result = 0, seen = 0;
static InvisibleTurns turns;

static void compute(void) {
#pragma omp parallel num_threads(2)
  if (omp_get_thread_num() == 1) result = 1;  // RACE-WRITE
  invisiblePass(&turns);
}

static void use(void) {
  invisibleAwait(&turns, 1);
  seen = result;  // RACE-READ
}

int main(void) {
  omp_set_max_active_levels(2);
#pragma omp parallel num_threads(2)
  omp_get_thread_num() == 0 ? compute() : use();
  printf("%d\n", seen);
  return 0;
}
