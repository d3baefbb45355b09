// Intent: taskwait with a dependence waits for the tasks that it depends on.
// Primitive: OpenMP taskwait depend
// Languages: C C++
// Flags: -fopenmp -fopenmp-version=51
// Expect: silent
#include <stdio.h>

static int first = 0, second = 0;

int main(void) {
  int sum = 0;
  for (int round = 0; round < 20; ++round) {
#pragma omp parallel num_threads(3)
#pragma omp single
    {
#pragma omp task depend(out : first)
      first += 1;
#pragma omp task depend(out : second)
      second += 1;
#pragma omp taskwait depend(in : first)
      sum += first;
#pragma omp taskwait depend(in : second)
      sum += second;
    }
  }
  printf("%d\n", sum);
  return 0;
}
