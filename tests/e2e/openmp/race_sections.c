// Intent: two sections write one variable.
// Primitive: OpenMP sections
// Flags: -fopenmp
// Expect: data race|lost update on 'result' at LEFT, RIGHT
#include <stdio.h>

#include "invisible.h"

int result = 0;
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel sections num_threads(2)
  {
#pragma omp section
    {
      invisibleMeet(&turns, 2);
      result = 1;  // RACE-LEFT
    }
#pragma omp section
    {
      invisibleMeet(&turns, 2);
      result += 2;  // RACE-RIGHT
    }
  }
  printf("%d\n", result > 0);
  return 0;
}
