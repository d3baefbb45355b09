// Intent: the task that reads names another variable in its dependence than the task that writes.
// Primitive: OpenMP task dependences
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'value' at WRITE, READ
#include <stdio.h>

#include "invisible.h"

static int value = 0, other = 0, seen = 0;
static InvisibleTurns arrivals, turns;

int main(void) {
#pragma omp parallel num_threads(2)
#pragma omp single
  {
#pragma omp task depend(out : value)
    {
      invisibleMeet(&arrivals, 2);
      value = 1;  // RACE-WRITE
      invisiblePass(&turns);
    }
#pragma omp task depend(in : other)
    {
      invisibleMeet(&arrivals, 2);
      invisibleAwait(&turns, 1);
      seen = value + other;  // RACE-READ
    }
  }
  printf("%d\n", seen);
  return 0;
}
