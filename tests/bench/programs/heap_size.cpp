// Bench: variant=1-MB; groups=scaling; args=1 8000000; quick=1 500000; valgrind=1 20000
// Bench: variant=16-MB; groups=scaling; args=16 8000000; quick=16 500000
// Bench: variant=256-MB; groups=scaling; args=256 8000000; quick=64 500000
// Bench: variant=1-GB; groups=scaling; args=1024 8000000; quick=128 500000; large=yes
// Bench: variant=4-GB; groups=scaling; args=4096 8000000; quick=256 500000; large=yes
// A heap of the given number of megabytes, in blocks of many sizes: two threads fill it, then read and write it at
// random places, each in its half.
#include "../support.h"

#include <memory>

struct Block {
  std::unique_ptr<uint64_t[]> words;
  size_t count = 0;
};

static std::vector<Block> fillHalf(size_t bytes, uint64_t seed) {
  std::vector<Block> blocks;
  for (size_t filled = 0; filled < bytes;) {
    size_t words = 16 + randomBelow(&seed, 8192);
    blocks.push_back({std::make_unique_for_overwrite<uint64_t[]>(words), words});
    for (size_t i = 0; i < words; ++i) blocks.back().words[i] = i;
    filled += words * sizeof(uint64_t);
  }
  return blocks;
}

int main(int argc, char** argv) {
  size_t megabytes = size_t(argumentOr(argc, argv, 1, 16));
  long accesses = argumentOr(argc, argv, 2, 8000000);
  int threads = int(argumentOr(argc, argv, 3, 2));
  std::vector<uint64_t> sums(threads);
  std::vector<double> seconds(threads);
  onThreads(threads, [&](int index) {
    uint64_t seed = uint64_t(index) + 1;
    std::vector<Block> blocks = fillHalf((megabytes << 20) / size_t(threads), seed);
    Range mine = shareOf(accesses, threads, index);
    double began = secondsNow();
    for (long i = mine.first; i < mine.last; ++i) {
      Block& block = blocks[randomBelow(&seed, blocks.size())];
      uint64_t& word = block.words[randomBelow(&seed, block.count)];
      sums[index] += word++;
    }
    seconds[index] = secondsNow() - began;
  });
  double total = 0;
  for (double part : seconds) total += part;
  printCost(total, double(accesses), "access");
  uint64_t sum = 0;
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
