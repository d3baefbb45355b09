// Bench: groups=kernels; args=100000 200; quick=20000 15; valgrind=2000 5
// A sparse matrix in compressed rows is applied to a vector again and again: indirect reads of a shared vector.
#include "../support.h"

#include <barrier>

struct SparseMatrix {
  std::vector<uint32_t> rowStart{0}, column;
  std::vector<double> value;
};

static SparseMatrix randomMatrix(long rows) {
  SparseMatrix matrix;
  uint64_t seed = 3;
  for (long row = 0; row < rows; ++row) {
    long entries = 4 + long(randomBelow(&seed, 9));
    for (long i = 0; i < entries; ++i) {
      matrix.column.push_back(uint32_t(randomBelow(&seed, uint64_t(rows))));
      matrix.value.push_back(double(randomBelow(&seed, 1000)) / 8000);
    }
    matrix.rowStart.push_back(uint32_t(matrix.column.size()));
  }
  return matrix;
}

static void multiplyRows(const SparseMatrix& matrix, const std::vector<double>& from, std::vector<double>& to,
                         Range rows) {
  for (long row = rows.first; row < rows.last; ++row) {
    double sum = 0.5;
    for (uint32_t i = matrix.rowStart[row]; i < matrix.rowStart[row + 1]; ++i)
      sum += matrix.value[i] * from[matrix.column[i]];
    to[row] = sum;
  }
}

int main(int argc, char** argv) {
  long rows = argumentOr(argc, argv, 1, 100000), rounds = argumentOr(argc, argv, 2, 200);
  int threads = int(argumentOr(argc, argv, 3, 2));
  SparseMatrix matrix = randomMatrix(rows);
  std::vector<double> vectors[2] = {std::vector<double>(rows, 1.0), std::vector<double>(rows)};
  std::barrier phase(threads);
  onThreads(threads, [&](int index) {
    for (long round = 0; round < rounds; ++round) {
      multiplyRows(matrix, vectors[round % 2], vectors[1 - round % 2], shareOf(rows, threads, index));
      phase.arrive_and_wait();
    }
  });
  uint64_t sum = 0;
  for (double value : vectors[rounds % 2]) sum = foldDouble(sum, value);
  printChecksum(sum);
}
