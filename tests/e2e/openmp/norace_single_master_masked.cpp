// Intent: sections, single with copyprivate, master and masked: with the barriers they have or are given.
// Primitive: OpenMP sections, OpenMP single, OpenMP master, OpenMP masked
// Flags: -fopenmp -fopenmp-version=51
// Expect: silent
#include <cstdio>

int left = 0, right = 0, one = 0, chief = 0, filtered = 0, sum = 0;

__attribute__((noinline)) void addTo(int& value) { value += 1; }

int main() {
  for (int round = 0; round < 20; ++round) {
#pragma omp parallel num_threads(3)
    {
      int own = 0;
#pragma omp sections
      {
#pragma omp section
        addTo(left);
#pragma omp section
        addTo(right);
      }
#pragma omp single copyprivate(own)
      {
        one = left + right;
        own = one;
      }
#pragma omp master
      chief = one;
#pragma omp barrier
#pragma omp masked filter(1)
      filtered += chief;
#pragma omp critical
      sum += own + one + chief;
#pragma omp barrier
    }
  }
  std::printf("%d %d\n", filtered, sum);
}
