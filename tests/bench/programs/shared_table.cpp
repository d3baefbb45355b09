// Bench: groups=sync; args=40000000; quick=800000; valgrind=50000
// Tables that main fills and every thread then only reads: look-ups, and a walk through a transition table.
#include "../support.h"

constexpr size_t kStates = 512;

struct Tables {
  std::vector<uint16_t> next;
  std::vector<uint64_t> weight;
};

static Tables randomTables() {
  Tables tables;
  uint64_t seed = 37;
  for (size_t i = 0; i < 4 * kStates; ++i) tables.next.push_back(uint16_t(randomBelow(&seed, kStates)));
  for (size_t i = 0; i < kStates; ++i) tables.weight.push_back(nextRandom(&seed));
  return tables;
}

int main(int argc, char** argv) {
  long steps = argumentOr(argc, argv, 1, 40000000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  const Tables tables = randomTables();
  std::vector<uint64_t> sums(threads);
  onThreads(threads, [&](int index) {
    size_t state = size_t(index);
    uint64_t sum = 0;
    for (long i = 0; i < steps; ++i) {
      state = tables.next[4 * state + (sum >> 60) % 4];
      sum = fold(sum, tables.weight[state]);
    }
    sums[index] = sum;
  });
  uint64_t sum = 0;
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
