// Intent: nobody waits for what master and masked do: without a barrier the others read too early.
// Primitive: OpenMP master, OpenMP masked
// Languages: C C++
// Flags: -fopenmp -fopenmp-version=51
// Expect: data race on 'table' at WRITE, READ
// Expect: data race on 'second' at WRITE2, READ2
#include <omp.h>
#include <stdio.h>

#include "invisible.h"

static int table = 0, second = 0, seen = 0, seenToo = 0;
static InvisibleTurns turns, others;

int main(void) {
#pragma omp parallel num_threads(2)
  {
#pragma omp master
    {
      table = 7;  // RACE-WRITE
      invisiblePass(&turns);
    }
    if (omp_get_thread_num() == 1) {
      invisibleAwait(&turns, 1);
      seen = table;  // RACE-READ
    }
#pragma omp masked filter(1)
    {
      second = 8;  // RACE-WRITE2
      invisiblePass(&others);
    }
    if (omp_get_thread_num() == 0) {
      invisibleAwait(&others, 1);
      seenToo = second;  // RACE-READ2
    }
  }
  printf("%d %d\n", seen, seenToo);
  return 0;
}
