// Intent: both tasks only declare that they read, but they write.
// Primitive: OpenMP task dependences
// Flags: -fopenmp
// Expect: data race on 'value' at LEFT, RIGHT
#include <cstdio>

#include "invisible.h"

int value = 0;
InvisibleTurns turns;

int main() {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task depend(out : value)
    value = 1;
#pragma omp task depend(in : value)
    {
      invisibleMeet(&turns, 2);
      value = 2;  // RACE-LEFT
    }
#pragma omp task depend(in : value)
    {
      invisibleMeet(&turns, 2);
      value = 2;  // RACE-RIGHT
    }
  }
  std::printf("%d\n", value);
}
