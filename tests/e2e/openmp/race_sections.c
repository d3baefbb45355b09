// Intent: two sections write one variable.
// Primitive: OpenMP sections
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'result' at LEFT, RIGHT
#include <stdio.h>

#include "invisible.h"

static int result = 0;
static InvisibleTurns turns;

__attribute__((noinline)) static void left(void) {
  invisibleMeet(&turns, 2);
  result = 1;  // RACE-LEFT
}

__attribute__((noinline)) static void right(void) {
  invisibleMeet(&turns, 2);
  result = 2;  // RACE-RIGHT
}

int main(void) {
#pragma omp parallel sections num_threads(2)
  {
#pragma omp section
    left();
#pragma omp section
    right();
  }
  printf("%d\n", result > 0);
  return 0;
}
