// Intent: the OpenMP runtime may reduce under a lock, with atomics, or in the tree of a barrier.
// Primitive: OpenMP reduction
// Flags: -fopenmp
// Env: KMP_FORCE_REDUCTION=critical
// Expect: silent
#include <stdio.h>

static int parts[64];

int main(void) {
  long sum = 0;
  int most = 0;
  for (int round = 0; round < 30; ++round) {
#pragma omp parallel num_threads(4)
    {
#pragma omp for reduction(+ : sum, parts[:64]) reduction(max : most)
      for (int i = 0; i < 200; ++i) {
        sum += i;
        parts[i % 64] += 1;
        if (i > most) most = i;
      }
#pragma omp for
      for (int i = 0; i < 64; ++i) parts[i] += (int)(sum % 7);
    }
  }
  printf("%ld %d %d\n", sum, most, parts[5]);
  return 0;
}
