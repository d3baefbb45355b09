// Intent: a temporary that should be private is shared by the team: one thread reads what another has put there.
// Primitive: OpenMP parallel
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'square' at WRITE, READ
// Says: OpenMP worker
#include <omp.h>
#include <stdio.h>

#include "invisible.h"

static InvisibleTurns turns;

int main(void) {
  int square = 0, seen = 0;
#pragma omp parallel num_threads(2) shared(square, seen)
  {
    const int own = omp_get_thread_num();
    if (own == 0) {
      square = 7 * 7;  // RACE-WRITE
      invisiblePass(&turns);
    } else {
      invisibleAwait(&turns, 1);
      seen = square;  // RACE-READ
    }
  }
  printf("%d\n", seen);
  return 0;
}
