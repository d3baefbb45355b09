// Intent: an untied task and its parent write one variable.
// Primitive: OpenMP untied task
// Flags: -fopenmp
// Expect: data race on 'cell' at WRITE, PARENT
#include <cstdio>

#include "invisible.h"

int cell = 0;
InvisibleTurns turns;

int main() {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task untied
    {
      cell = 1;  // RACE-WRITE
      invisiblePass(&turns);
#pragma omp taskyield
    }
    invisibleAwait(&turns, 1);
    cell = 2;  // RACE-PARENT
  }
  std::printf("%d\n", cell);
}
