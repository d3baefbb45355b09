// Intent: ordered regions run one after another, and what one did is there for the next.
// Primitive: OpenMP ordered
// Languages: C C++
// Flags: -fopenmp
// Expect: silent
#include <stdio.h>

static int last = -1, sum = 0;

int main(void) {
  for (int round = 0; round < 10; ++round) {
    last = -1;
#pragma omp parallel for ordered schedule(dynamic) num_threads(4)
    for (int i = 0; i < 50; ++i) {
#pragma omp ordered
      {
        sum += i - last;
        last = i;
      }
    }
  }
  printf("%d\n", sum);
  return 0;
}
