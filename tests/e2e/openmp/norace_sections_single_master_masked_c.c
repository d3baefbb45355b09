// Intent: sections and single end with a barrier, master and masked are given one: the next sees what each did.
// Primitive: OpenMP sections, OpenMP single, OpenMP master, OpenMP masked
// Languages: C C++
// Flags: -fopenmp -fopenmp-version=51
// Expect: silent
#include <omp.h>
#include <stdio.h>

static int left = 0, right = 0, both = 0, chief = 0, filtered = 0;

__attribute__((noinline)) static void add(int* to, int value) { *to += value; }

int main(void) {
  long sum = 0;
  omp_set_dynamic(0);
  for (int round = 0; round < 20; ++round) {
#pragma omp parallel num_threads(3) reduction(+ : sum)
    {
      int copy = 0;
#pragma omp sections
      {
#pragma omp section
        add(&left, round);
#pragma omp section
        add(&right, 1);
      }
#pragma omp single copyprivate(copy)
      {
        both = left + right;
        copy = both + 1;
      }
#pragma omp master
      add(&chief, both);
#pragma omp barrier
#pragma omp masked filter(2)
      add(&filtered, chief);
#pragma omp barrier
      sum += copy + filtered;
#pragma omp barrier
    }
  }
  printf("%d %d %d %d %ld\n", left, right, chief, filtered, sum);
  return 0;
}
