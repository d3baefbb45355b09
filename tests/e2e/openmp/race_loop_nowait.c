// Intent: nowait lets a thread go on to the next loop while another still writes what it reads.
// Primitive: OpenMP worksharing loop, OpenMP barrier
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'from|from[1]|from[2]|from[3]' at WRITE, READ
#include <stdio.h>

#include "invisible.h"

static int from[4], to[4];
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel num_threads(2)
  {
#pragma omp for schedule(static) nowait
    for (int i = 0; i < 4; ++i) from[i] = i;  // RACE-WRITE
    invisibleMeet(&turns, 2);
#pragma omp for schedule(static)
    for (int i = 0; i < 4; ++i) to[i] = from[3 - i];  // RACE-READ
  }
  printf("%d\n", to[0]);
  return 0;
}
