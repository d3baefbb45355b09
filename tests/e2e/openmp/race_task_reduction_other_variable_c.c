// Intent: the tasks of a reduction group also count in a variable that is not reduced.
// Primitive: OpenMP task reduction
// Languages: C C++
// Flags: -fopenmp
// Expect: lost update|data race on 'count' at ADD, ADD
#include <stdio.h>

#include "invisible.h"

static int count = 0;
static InvisibleTurns turns;

int main(void) {
  int sum = 0;
#pragma omp parallel num_threads(2)
#pragma omp single
#pragma omp taskgroup task_reduction(+ : sum)
  for (int i = 0; i < 2; ++i) {
#pragma omp task in_reduction(+ : sum) firstprivate(i)
    {
      const int own = invisiblePass(&turns);
      invisibleAwait(&turns, own == 1 ? 2 : 3);
      sum += i;
      count += 1;  // RACE-ADD
      invisiblePass(&turns);
    }
  }
  printf("%d %d\n", sum, count);
  return 0;
}
