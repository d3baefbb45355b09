// Bench: groups=kernels; args=6000000; quick=300000; valgrind=30000
// Each thread sorts its share of an array of integers; the shares are merged.
#include "../support.h"

#include <algorithm>

int main(int argc, char** argv) {
  long count = argumentOr(argc, argv, 1, 6000000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<int> numbers(count);
  uint64_t seed = 11;
  for (int& number : numbers) number = int(nextRandom(&seed) >> 40);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(count, threads, index);
    std::sort(numbers.begin() + mine.first, numbers.begin() + mine.last);
  });
  for (int i = 1; i < threads; ++i) {
    Range next = shareOf(count, threads, i);
    std::inplace_merge(numbers.begin(), numbers.begin() + next.first, numbers.begin() + next.last);
  }
  uint64_t sum = std::is_sorted(numbers.begin(), numbers.end());
  for (int number : numbers) sum = fold(sum, uint64_t(number));
  printChecksum(sum);
}
