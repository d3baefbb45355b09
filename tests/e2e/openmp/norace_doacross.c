// Intent: a loop whose iterations wait for others by sink and source dependences, in one and two dimensions.
// Primitive: OpenMP doacross
// Languages: C C++
// Flags: -fopenmp
// Expect: silent
#include <stdio.h>

static int line[200], grid[20][20];

int main(void) {
#pragma omp parallel num_threads(4)
  {
#pragma omp for ordered(1) schedule(static, 3)
    for (int i = 1; i < 200; ++i) {
#pragma omp ordered depend(sink : i - 1)
      line[i] = line[i - 1] + 1;
#pragma omp ordered depend(source)
    }
#pragma omp for ordered(2) schedule(dynamic)
    for (int i = 1; i < 20; ++i)
      for (int j = 1; j < 20; ++j) {
#pragma omp ordered depend(sink : i - 1, j) depend(sink : i, j - 1)
        grid[i][j] = (grid[i - 1][j] + grid[i][j - 1] + 1) % 1000;
#pragma omp ordered depend(source)
      }
  }
  printf("%d %d\n", line[199], grid[19][19]);
  return 0;
}
