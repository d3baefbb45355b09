// Intent: a pipeline of tasks: dependences on each item and on the state of each stage keep the order of the items.
// Primitive: OpenMP task dependences
// Languages: C C++
// Flags: -fopenmp
// Expect: silent
#include <stdio.h>

enum { kItems = 40 };
static int items[kItems], doubled[kItems];
static unsigned readState = 1, writeState = 1, readers[2], unordered = 0;

int main(void) {
  for (int round = 0; round < 5; ++round) {
#pragma omp parallel num_threads(4)
#pragma omp single
    for (int i = 0; i < kItems; ++i) {
#pragma omp task depend(inout : readState) depend(out : items[i]) firstprivate(i)
      {
        readState = readState * 31 + (unsigned)i;
        items[i] = (int)(readState % 1000);
      }
#pragma omp task depend(in : items[i]) depend(out : doubled[i]) firstprivate(i)
      doubled[i] = 2 * items[i];
#pragma omp task depend(in : items[i], doubled[i]) depend(mutexinoutset : unordered) firstprivate(i)
      unordered += (unsigned)(items[i] + doubled[i]);
#pragma omp task depend(in : doubled[i]) depend(inout : writeState) firstprivate(i)
      writeState = writeState * 31 + (unsigned)doubled[i];
#pragma omp task depend(in : writeState) depend(inout : readers[0])
      readers[0] += writeState;
#pragma omp task depend(in : writeState) depend(inout : readers[1])
      readers[1] ^= writeState;
    }
  }
  printf("%u %u %u %u %u\n", readState, writeState, readers[0], readers[1], unordered);
  return 0;
}
