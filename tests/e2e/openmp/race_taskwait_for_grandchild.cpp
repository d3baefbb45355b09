// Intent: taskwait waits for children only: the grandchild that the child does not wait for needs a taskgroup.
// Primitive: OpenMP taskgroup
// Flags: -fopenmp
// Expect: data race on 'result' at WRITE, READ
#include <cstdio>

#include "invisible.h"

int result = 0, seen = 0;
InvisibleTurns turns;

int main() {
#pragma omp parallel num_threads(3)
#pragma omp single
  {
#pragma omp task
    {
#pragma omp task
      {
        result = 1;  // RACE-WRITE
        invisiblePass(&turns);
        invisibleAwait(&turns, 2);
      }
      invisibleAwait(&turns, 1);
    }
    invisibleAwait(&turns, 1);  // only now: a taskwait may execute the grandchild itself
#pragma omp taskwait
    seen = result;  // RACE-READ
    invisiblePass(&turns);
  }
  std::printf("%d\n", seen);
}
