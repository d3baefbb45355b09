// Intent: reductions of scalars, several variables, arrays and user types, with and without nowait, by every method.
// Primitive: OpenMP reduction
// Flags: -fopenmp
// Expect: silent
#include <cstdio>

struct Range {
  int low = 1 << 30, high = -1;
  void add(const Range& other) {
    if (other.low < low) low = other.low;
    if (other.high > high) high = other.high;
  }
};
#pragma omp declare reduction(merge : Range : omp_out.add(omp_in)) initializer(omp_priv = Range())

long total = 0;
int histogram[40] = {};

long everything(int round) {
  long sum = 0;
  double half = 0;
  int most = 0;
  Range range;
#pragma omp parallel num_threads(4)
  {
#pragma omp for reduction(+ : sum, half) reduction(max : most)
    for (int i = 0; i < 200; ++i) {
      sum += i;
      half += 0.5;
      if (i > most) most = i;
    }
#pragma omp for reduction(merge : range) nowait
    for (int i = 0; i < 200; ++i) range.add({i, i + round});
#pragma omp for reduction(+ : histogram[:40])
    for (int i = 0; i < 200; ++i) histogram[i % 40] += 1;
#pragma omp single
    total += histogram[0] + range.high;
  }
#pragma omp parallel reduction(+ : sum) num_threads(3)
  sum += 1;
  return sum + static_cast<long>(half) + most + range.low;
}

int main() {
  long sum = 0;
  for (int round = 0; round < 30; ++round) sum += everything(round);
  std::printf("%ld %ld\n", sum, total);
}
