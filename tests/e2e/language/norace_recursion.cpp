// Intent: parallel quicksort that recurses deeply in each thread computes what it should.
// Expect: silent
#include <cstdio>
#include <thread>
#include <utility>
#include <vector>

void sortRange(int* from, int* to) {
  if (to - from < 2) return;
  int pivot = from[(to - from) / 2];
  int *low = from, *high = to - 1;
  while (low <= high) {
    while (*low < pivot) ++low;
    while (pivot < *high) --high;
    if (low <= high) std::swap(*low++, *high--);
  }
  if (to - from > 1000) {
    std::thread other(sortRange, from, high + 1);
    sortRange(low, to);
    other.join();
  } else {
    sortRange(from, high + 1);
    sortRange(low, to);
  }
}

long depthSum(int depth) { return depth == 0 ? 0 : depth + depthSum(depth - 1) % 1000003; }

int main() {
  std::vector<int> numbers;
  unsigned state = 12345;
  for (int i = 0; i < 5000; ++i) numbers.push_back(int((state = state * 1664525u + 1013904223u) >> 8));
  sortRange(numbers.data(), numbers.data() + numbers.size());
  bool sorted = true;
  for (size_t i = 1; i < numbers.size(); ++i) sorted = sorted && numbers[i - 1] <= numbers[i];
  long sums[2];
  std::thread deep([&sums] { sums[0] = depthSum(20000); });
  sums[1] = depthSum(20000);
  deep.join();
  std::printf("%d %d\n", sorted, sums[0] == sums[1]);
}
