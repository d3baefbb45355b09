// Intent: untied tasks go on, on any thread, after the tasks that they wait for, and use what those computed.
// Primitive: OpenMP untied task
// Languages: C C++
// Flags: -fopenmp
// Expect: silent
#include <stdio.h>

enum { kTasks = 16, kParts = 4 };
static int parts[kTasks][kParts], sums[kTasks];

static void compute(int task) {
  for (int part = 0; part < kParts; ++part) {
#pragma omp task firstprivate(task, part)
    parts[task][part] += task * part;
  }
}

int main(void) {
  long total = 0;
  for (int round = 0; round < 10; ++round) {
#pragma omp parallel num_threads(4)
#pragma omp single
    {
      for (int task = 0; task < kTasks; ++task) {
#pragma omp task untied firstprivate(task)
        {
          sums[task] = round;
          compute(task);
#pragma omp taskwait
          for (int part = 0; part < kParts; ++part) sums[task] += parts[task][part];
#pragma omp taskyield
          parts[task][0] = sums[task];
        }
      }
#pragma omp taskwait
      for (int task = 0; task < kTasks; ++task) total += sums[task] + parts[task][0];
    }
  }
  printf("%ld\n", total);
  return 0;
}
