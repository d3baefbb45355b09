// Intent: tasks sort halves that taskwait brings together; a taskgroup also waits for what its tasks' tasks add up.
// Primitive: OpenMP task, OpenMP taskwait, OpenMP taskgroup
// Languages: C C++
// Flags: -fopenmp
// Expect: silent
#include <stdio.h>
#include <string.h>

enum { kCount = 256, kParts = 8 };
static int numbers[kCount], room[kCount];
static long partSums[kParts][2];

static void mergeHalves(int from, int middle, int to) {
  int left = from, right = middle;
  for (int i = from; i < to; ++i)
    room[i] = right == to || (left < middle && numbers[left] <= numbers[right]) ? numbers[left++] : numbers[right++];
  memcpy(&numbers[from], &room[from], sizeof numbers[0] * (size_t)(to - from));
}

static void sort(int from, int to) {
  if (to - from < 2) return;
  const int middle = (from + to) / 2;
#pragma omp task
  sort(from, middle);
#pragma omp task
  sort(middle, to);
#pragma omp taskwait
  mergeHalves(from, middle, to);
}

static void sumUp(int part, int half) {
  const int length = kCount / kParts / 2, from = (2 * part + half) * length;
  partSums[part][half] = 0;
  for (int i = from; i < from + length; ++i) partSums[part][half] += (long)numbers[i] * i;
}

static long sumOfParts(void) {
  long sum = 0;
#pragma omp taskgroup
  for (int part = 0; part < kParts; ++part) {
#pragma omp task firstprivate(part)
    {
#pragma omp task firstprivate(part)
      sumUp(part, 0);
      sumUp(part, 1);
    }
  }
  for (int part = 0; part < kParts; ++part) sum += partSums[part][0] + partSums[part][1];
  return sum;
}

int main(void) {
  long sum = 0;
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < kCount; ++i) numbers[i] = (i * 37 + round) % 251;
#pragma omp parallel num_threads(4)
#pragma omp single
    {
      sort(0, kCount);
      sum += sumOfParts();
    }
  }
  printf("%ld %d %d\n", sum, numbers[0], numbers[kCount - 1]);
  return 0;
}
