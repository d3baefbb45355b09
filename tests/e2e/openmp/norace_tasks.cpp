// Intent: tasks see what came before their creation; taskwait, taskgroup and barrier wait for what they should. Task memory is used again.
// Primitive: OpenMP task, OpenMP taskwait, OpenMP taskgroup
// Flags: -fopenmp
// Expect: silent
#include <cstdio>

struct Pair {
  int a = 1, b = 2;
  Pair() = default;
  Pair(const Pair& other) : a(other.a), b(other.b) {}
  ~Pair() { a = 0; }
};

int fibonacci(int n) {
  if (n < 2) return n;
  int left, right;
#pragma omp task shared(left)
  left = fibonacci(n - 1);
#pragma omp task shared(right)
  right = fibonacci(n - 2);
#pragma omp taskwait
  return left + right;
}

int results[200], nested[20][10], atBarrier[50];

void groups() {
#pragma omp taskgroup
  {
    for (int i = 0; i < 20; ++i) {
#pragma omp task firstprivate(i)
      for (int j = 0; j < 10; ++j) {
#pragma omp task firstprivate(i, j)
        nested[i][j] = i * j;
      }
    }
  }
  for (auto& row : nested)
    for (int& cell : row) cell += 1;
}

int main() {
  long sum = 0;
  for (int round = 0; round < 5; ++round) {
#pragma omp parallel num_threads(4)
    {
#pragma omp single
      {
        sum += fibonacci(12);
        Pair pair;
        for (int i = 0; i < 200; ++i) {
          pair.a = i;
#pragma omp task firstprivate(pair, i)
          results[i] = pair.a + pair.b;
        }
#pragma omp taskwait
        for (int& result : results) sum += result;
        groups();
#pragma omp task if (0) shared(sum)
        sum += 1;
#pragma omp task final(1) mergeable shared(sum)
        sum += 1;
#pragma omp taskyield
      }
      for (int i = 0; i < 10; ++i) {
#pragma omp task firstprivate(i)
        {
#pragma omp atomic
          atBarrier[i] += 1;
        }
      }
#pragma omp barrier
#pragma omp for
      for (int i = 0; i < 50; ++i) atBarrier[i] += 1;
    }
  }
  for (auto& row : nested)
    for (int cell : row) sum += cell;
  std::printf("%ld %d %d\n", sum, atBarrier[0], atBarrier[20]);
}
