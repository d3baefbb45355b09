// Intent: sections that update a variable each, small enough for the optimiser to read both ahead of the choice.
// Primitive: OpenMP sections
// Flags: -fopenmp
// Levels: O2
// Expect: silent
#include <cstdio>

int left = 0, right = 0;

int main() {
  for (int round = 0; round < 50; ++round) {
#pragma omp parallel num_threads(3)
    {
#pragma omp sections
      {
#pragma omp section
        left += 1;
#pragma omp section
        right += 1;
      }
    }
  }
  std::printf("%d %d\n", left, right);
}
