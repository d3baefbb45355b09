// Intent: a taskloop ends before what follows, with nogroup at the taskwait; a reduced sum is there after its group.
// Primitive: OpenMP taskloop, OpenMP task reduction
// Languages: C C++
// Flags: -fopenmp
// Expect: silent
#include <stdio.h>

enum { kCount = 300 };
static int cells[kCount], mirrored[kCount];

int main(void) {
  long total = 0, grouped = 0, byTeam = 0;
  int last = -1;
  for (int round = 0; round < 10; ++round) {
#pragma omp parallel num_threads(4)
#pragma omp single
    {
#pragma omp taskloop grainsize(10) lastprivate(last)
      for (int i = 0; i < kCount; ++i) {
        cells[i] = i + round;
        last = cells[i];
      }
#pragma omp taskloop nogroup num_tasks(20)
      for (int i = 0; i < kCount; ++i) mirrored[i] = cells[kCount - 1 - i];
#pragma omp taskwait
#pragma omp taskloop num_tasks(20) reduction(+ : total)
      for (int i = 0; i < kCount; ++i) total += (long)mirrored[i] * i;
#pragma omp taskgroup task_reduction(+ : grouped)
      for (int i = 0; i < 20; ++i) {
#pragma omp task in_reduction(+ : grouped) firstprivate(i)
        grouped += mirrored[i];
      }
      grouped += last;
    }
#pragma omp parallel num_threads(4) reduction(task, + : byTeam)
#pragma omp single
    for (int i = 0; i < 20; ++i) {
#pragma omp task in_reduction(+ : byTeam) firstprivate(i)
      byTeam += cells[i];
    }
  }
  printf("%ld %ld %ld %d\n", total, grouped, byTeam, last);
  return 0;
}
