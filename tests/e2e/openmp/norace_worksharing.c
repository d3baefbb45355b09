// Intent: loops with every schedule share arrays; the implicit and explicit barriers of a team order them, region after region.
// Primitive: OpenMP parallel, OpenMP worksharing loop, OpenMP barrier
// Languages: C C++
// Flags: -fopenmp
// Expect: silent
#include <stdio.h>

enum { kCount = 600 };
static int from[kCount], to[kCount];

static void fill(int round) {
#pragma omp parallel num_threads(4)
  {
#pragma omp for schedule(static)
    for (int i = 0; i < kCount; ++i) from[i] = i + round;
#pragma omp for schedule(dynamic, 7)
    for (int i = 0; i < kCount; ++i) to[i] = from[kCount - 1 - i];
#pragma omp for schedule(guided) nowait
    for (int i = 0; i < kCount; ++i) from[i] = to[i] + 1;
#pragma omp barrier
#pragma omp for schedule(runtime)
    for (int i = 0; i < kCount; ++i) to[i] = from[kCount - 1 - i];
  }
}

int main(void) {
  long sum = 0;
  for (int round = 0; round < 20; ++round) {
    fill(round);
    for (int i = 0; i < kCount; ++i) sum += to[i];
  }
  printf("%ld\n", sum);
  return 0;
}
