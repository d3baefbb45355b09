// Intent: inner teams fill a row each; their end and the outer barrier order the rows for the whole outer team.
// Primitive: OpenMP nested parallel
// Languages: C C++
// Flags: -fopenmp
// Expect: silent
#include <omp.h>
#include <stdio.h>

enum { kRows = 3, kColumns = 40 };
static int rows[kRows][kColumns], sums[kRows];

static void fillRow(int* row, int value) {
#pragma omp parallel for num_threads(2) schedule(dynamic, 4)
  for (int i = 0; i < kColumns; ++i) row[i] += value + i;
}

static int sumOf(const int* row) {
  int sum = 0;
#pragma omp parallel for num_threads(2) reduction(+ : sum)
  for (int i = 0; i < kColumns; ++i) sum += row[i];
  return sum;
}

int main(void) {
  long total = 0;
  omp_set_max_active_levels(2);
  omp_set_dynamic(0);
  for (int round = 0; round < 10; ++round) {
#pragma omp parallel num_threads(kRows)
    {
      const int own = omp_get_thread_num();
      fillRow(rows[own], round);
#pragma omp barrier
      sums[own] = sumOf(rows[(own + 1) % kRows]);
    }
    for (int i = 0; i < kRows; ++i) total += sums[i] * (i + 1);
  }
  printf("%ld\n", total);
  return 0;
}
