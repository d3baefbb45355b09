// Bench: groups=kernels pointer-chasing; args=500000; quick=30000; valgrind=5000
// std::map: each thread fills, reads and thins out a tree of its own, then reads everybody's.
#include "../support.h"

#include <barrier>
#include <map>

using Index = std::map<uint64_t, uint64_t>;

static void fill(Index& index, Range keys, uint64_t limit) {
  for (long i = keys.first; i < keys.last; ++i) index[uint64_t(i) * 7919 % limit] += uint64_t(i);
}

static void thinOut(Index& index) {
  for (auto entry = index.begin(); entry != index.end();)
    entry = entry->second % 3 ? std::next(entry) : index.erase(entry);
}

int main(int argc, char** argv) {
  long keys = argumentOr(argc, argv, 1, 500000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<Index> indexes(threads);
  std::vector<uint64_t> sums(threads);
  std::barrier ready(threads);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(keys, threads, index);
    fill(indexes[index], mine, uint64_t(2 * keys));
    thinOut(indexes[index]);
    ready.arrive_and_wait();
    uint64_t seed = uint64_t(index) + 1, sum = 0;
    for (long i = mine.first; i < mine.last; ++i) {
      uint64_t key = randomBelow(&seed, uint64_t(2 * keys));
      for (const Index& other : indexes)
        if (auto entry = other.lower_bound(key); entry != other.end()) sum = fold(sum, entry->second);
    }
    sums[index] = sum;
  });
  uint64_t sum = 0;
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
