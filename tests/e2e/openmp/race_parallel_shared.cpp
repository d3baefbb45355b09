// Intent: every thread of a team adds to a shared variable.
// Primitive: OpenMP parallel
// Flags: -fopenmp
// Expect: lost update|data race on 'sum' at ADD, ADD
// Says: OpenMP worker
#include <cstdio>

#include "invisible.h"

int sum = 0;
InvisibleTurns turns;

int main() {
#pragma omp parallel num_threads(2)
  {
    const int own = invisiblePass(&turns);
    invisibleAwait(&turns, own == 1 ? 2 : 3);
    sum += 1;  // RACE-ADD
    invisiblePass(&turns);
  }
  std::printf("%d\n", sum);
}
