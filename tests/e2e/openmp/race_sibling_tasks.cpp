// Intent: two tasks of one parent write the same variable on two threads.
// Primitive: OpenMP task
// Flags: -fopenmp
// Expect: data race on 'result' at LEFT, RIGHT
#include <cstdio>

#include "invisible.h"

int result = 0;
InvisibleTurns turns;

int main() {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task
    {
      invisibleMeet(&turns, 2);
      result = 1;  // RACE-LEFT
    }
#pragma omp task
    {
      invisibleMeet(&turns, 2);
      result = 1;  // RACE-RIGHT
    }
  }
  std::printf("%d\n", result);
}
