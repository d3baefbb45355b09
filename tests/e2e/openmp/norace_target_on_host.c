// Intent: target regions run on the host, also as tasks; taskwait and dependences order them.
// Primitive: OpenMP target on the host, OpenMP teams
// Languages: C C++
// Flags: -fopenmp
// Expect: silent
#include <stdio.h>

static int cells[100];

int main(void) {
  int sum = 0;
#pragma omp target map(tofrom : cells)
  for (int i = 0; i < 100; ++i) cells[i] = i;
#pragma omp target teams distribute parallel for map(tofrom : cells) reduction(+ : sum) num_teams(2)
  for (int i = 0; i < 100; ++i) {
    cells[i] += 1;
    sum += cells[i];
  }
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp target nowait map(tofrom : cells) depend(out : cells)
    cells[3] += 1;
#pragma omp task depend(inout : cells)
    cells[3] += 1;
#pragma omp target nowait map(tofrom : cells) depend(in : cells)
    cells[4] = cells[3];
#pragma omp taskwait
    sum += cells[4];
  }
  printf("%d\n", sum);
  return 0;
}
