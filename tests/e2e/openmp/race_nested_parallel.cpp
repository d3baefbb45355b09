// Intent: inner teams of two outer threads use the same cell: an inner barrier orders only its own team.
// Primitive: OpenMP nested parallel
// Flags: -fopenmp
// Expect: data race on 'cell' at WRITE, WRITE
#include <omp.h>

#include <cstdio>

#include "invisible.h"

int cell = 0;
InvisibleTurns turns;

int main() {
  omp_set_max_active_levels(2);
#pragma omp parallel num_threads(2)
  {
#pragma omp parallel num_threads(2)
    {
#pragma omp barrier
      if (omp_get_thread_num() == 1) {
        invisibleMeet(&turns, 2);
        cell = 1;  // RACE-WRITE
      }
    }
  }
  std::printf("%d\n", cell);
}
