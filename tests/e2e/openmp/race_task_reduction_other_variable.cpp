// Intent: the tasks of a reduction group also write a variable that is not reduced.
// Primitive: OpenMP task reduction
// Flags: -fopenmp
// Expect: data race on 'last' at WRITE, WRITE
#include <cstdio>

#include "invisible.h"

int last = 0;
InvisibleTurns turns;

int main() {
  int sum = 0;
#pragma omp parallel num_threads(2)
#pragma omp single
#pragma omp taskgroup task_reduction(+ : sum)
  for (int i = 0; i < 2; ++i) {
#pragma omp task in_reduction(+ : sum)
    {
      sum += 1;
      invisibleMeet(&turns, 2);
      last = 5;  // RACE-WRITE
    }
  }
  std::printf("%d %d\n", sum, last);
}
