// Bench: groups=kernels affine; args=1000; quick=200; valgrind=120
// Product of two square matrices; each thread computes a band of rows.
#include "../support.h"

using Matrix = std::vector<double>;

static Matrix randomMatrix(long n, uint64_t seed) {
  Matrix matrix(n * n);
  for (double& element : matrix) element = double(randomBelow(&seed, 2000)) / 1000 - 1;
  return matrix;
}

static void multiplyRows(const Matrix& a, const Matrix& b, Matrix& product, long n, Range rows) {
  for (long i = rows.first; i < rows.last; ++i)
    for (long k = 0; k < n; ++k)
      for (long j = 0; j < n; ++j) product[i * n + j] += a[i * n + k] * b[k * n + j];
}

int main(int argc, char** argv) {
  long n = argumentOr(argc, argv, 1, 1000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  Matrix a = randomMatrix(n, 1), b = randomMatrix(n, 2), product(n * n);
  onThreads(threads, [&](int index) { multiplyRows(a, b, product, n, shareOf(n, threads, index)); });
  uint64_t sum = 0;
  for (double element : product) sum = foldDouble(sum, element);
  printChecksum(sum);
}
