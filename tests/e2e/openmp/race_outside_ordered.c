// Intent: the ordered region protects the write, but the read comes after it.
// Primitive: OpenMP ordered
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'last' at WRITE, READ
#include <stdio.h>

#include "invisible.h"

int last = -1;
int seen[2];
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel for ordered schedule(static, 1) num_threads(2)
  for (int i = 0; i < 2; ++i) {
#pragma omp ordered
    { last = i; }  // RACE-WRITE
    invisibleMeet(&turns, 2);
    if (i == 0) seen[i] = last;  // RACE-READ
  }
  printf("%d\n", seen[0]);
  return 0;
}
