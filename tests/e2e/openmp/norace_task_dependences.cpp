// Intent: in, out, inout, mutexinoutset and inoutset dependences, on elements and on all memory, order tasks.
// Primitive: OpenMP task dependences
// Flags: -fopenmp -fopenmp-version=51
// Expect: silent
#include <cstdio>

int cells[8], sums[8], total = 0, everything = 0, parts[2];

int main() {
  for (int round = 0; round < 10; ++round) {
#pragma omp parallel num_threads(4)
#pragma omp single
    {
      for (int i = 0; i < 8; ++i) {
#pragma omp task depend(out : cells[i]) firstprivate(i)
        cells[i] = i;
      }
      for (int i = 0; i < 8; ++i) {
#pragma omp task depend(in : cells[i]) depend(out : sums[i]) firstprivate(i)
        sums[i] = cells[i];
#pragma omp task depend(in : cells[i], sums[i]) depend(mutexinoutset : total) firstprivate(i)
        total += cells[i] + sums[i];
      }
      for (int i = 0; i < 7; ++i) {
#pragma omp task depend(inout : cells[i], cells[i + 1]) firstprivate(i)
        cells[i + 1] += cells[i];
      }
#pragma omp task depend(inoutset : parts)
      parts[0] = 1;
#pragma omp task depend(inoutset : parts)
      parts[1] = 2;
#pragma omp task depend(in : parts, total)
      everything += parts[0] + parts[1] + total;
#pragma omp task depend(inout : omp_all_memory)
      everything += cells[7] + sums[7];
#pragma omp task depend(inout : cells[0]) shared(everything)
      everything += cells[0];
    }
  }
  std::printf("%d %d\n", total, everything);
}
