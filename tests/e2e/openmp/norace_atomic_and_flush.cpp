// Intent: atomic updates of all kinds and sizes, and a message passed by a release write and an acquire read, or with flushes.
// Primitive: OpenMP atomic, OpenMP flush
// Flags: -fopenmp
// Expect: silent
#include <cstdio>

int count = 0, data = 0, flag = 0, message = 0, ready = 0;
double total = 0;

int main() {
#pragma omp parallel for num_threads(4)
  for (int i = 0; i < 400; ++i) {
    int seen;
#pragma omp atomic
    count += 1;
#pragma omp atomic capture seq_cst
    seen = count++;
#pragma omp atomic
    total += seen >= 0 ? 0.5 : 0;
  }
#pragma omp parallel sections num_threads(2)
  {
#pragma omp section
    {
      data = 42;
#pragma omp atomic write release
      flag = 1;
      message = 43;
#pragma omp flush
#pragma omp atomic write
      ready = 1;
    }
#pragma omp section
    {
      int seen = 0;
      while (seen == 0) {
#pragma omp atomic read acquire
        seen = flag;
      }
      data += 1;
      seen = 0;
      while (seen == 0) {
#pragma omp atomic read
        seen = ready;
      }
#pragma omp flush
      message += 1;
    }
  }
  std::printf("%d %g %d %d\n", count, total, data, message);
}
