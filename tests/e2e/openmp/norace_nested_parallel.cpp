// Intent: teams within teams, and the pool's threads used again by later regions of other shapes.
// Primitive: OpenMP nested parallel, OpenMP thread pool
// Flags: -fopenmp
// Expect: silent
#include <omp.h>

#include <cstdio>

int cells[4][4], sums[4];
int threadOwn = 0;
#pragma omp threadprivate(threadOwn)

int main() {
  omp_set_max_active_levels(2);
  int total = 0;
  for (int round = 0; round < 10; ++round) {
    threadOwn = round;
#pragma omp parallel num_threads(2 + round % 3) copyin(threadOwn)
    {
      const int outer = omp_get_thread_num();
      if (outer < 2) {
#pragma omp parallel num_threads(2) firstprivate(outer)
        {
          const int inner = omp_get_thread_num();
          cells[outer][inner] += outer + inner;
#pragma omp barrier
          cells[outer][1 - inner] += 1;
        }
        sums[outer] = cells[outer][0] + cells[outer][1];
      }
#pragma omp barrier
#pragma omp single
      total += sums[0] + sums[1];
      threadOwn += 1;
#pragma omp parallel if (0)
      threadOwn += 0;
    }
  }
  std::printf("%d\n", total);
}
