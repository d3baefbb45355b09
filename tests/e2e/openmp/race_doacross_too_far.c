// Intent: the sink names the iteration before the one that is read.
// Primitive: OpenMP doacross
// Languages: C C++
// Flags: -fopenmp
// Expect: data race on 'line[2]|line[3]|line' at WRITE, READ
#include <stdio.h>

#include "invisible.h"

static int line[4];
static int seen = 0;
static InvisibleTurns turns;

int main(void) {
#pragma omp parallel for ordered(1) schedule(static, 1) num_threads(3)
  for (int i = 0; i < 3; ++i) {
    if (i == 2) {
#pragma omp ordered depend(sink : i - 2)
      invisibleAwait(&turns, 1);
      seen = line[i];  // RACE-READ
    } else if (i == 1) {
      line[i + 1] = i;  // RACE-WRITE
      invisiblePass(&turns);
    }
#pragma omp ordered depend(source)
  }
  printf("%d\n", seen);
  return 0;
}
