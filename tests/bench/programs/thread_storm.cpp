// Bench: groups=sync; args=12000; quick=1000; valgrind=200
// Threads that live for a moment: two at a time are created, do a little work and are joined.
#include "../support.h"

static uint64_t shortWork(uint64_t number) {
  std::vector<uint64_t> values(64);
  for (uint64_t& value : values) value = nextRandom(&number);
  uint64_t sum = 0;
  for (uint64_t value : values) sum = fold(sum, value);
  return sum;
}

int main(int argc, char** argv) {
  long count = argumentOr(argc, argv, 1, 12000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  uint64_t sum = 0;
  for (long i = 0; i < count; i += threads) {
    std::vector<uint64_t> results(threads);
    onThreads(threads, [&](int index) { results[index] = shortWork(uint64_t(i + index) + 1); });
    for (uint64_t result : results) sum = fold(sum, result);
  }
  printChecksum(sum);
}
