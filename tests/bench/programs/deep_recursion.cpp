// Bench: groups=kernels call-heavy; args=31 30000; quick=20 10000; valgrind=16 3000
// Recursion that is wide (a search for ways through a grid) and deep (a chain, one frame for each link).
#include "../support.h"

#include <memory>

struct Link {
  std::unique_ptr<Link> next;
  uint64_t weight = 0;
};

// Counts the ways to split a sum into the two kinds of steps, noting each on a path.
__attribute__((noinline)) static uint64_t countWays(std::vector<int>& path, int left) {
  if (left <= 1) return uint64_t(path.back());
  uint64_t ways = 0;
  for (int step = 1; step <= 2; ++step) {
    path.push_back(step);
    ways += countWays(path, left - step);
    path.pop_back();
  }
  return ways;
}

__attribute__((noinline)) static uint64_t weightBelow(Link* link, uint64_t depth) {
  if (!link) return depth;
  uint64_t below = weightBelow(link->next.get(), depth + 1);
  link->weight += below % 7;
  return below + link->weight;
}

static std::unique_ptr<Link> chainOf(long length) {
  std::unique_ptr<Link> chain;
  for (long i = 0; i < length; ++i) {
    auto link = std::make_unique<Link>();
    link->weight = uint64_t(i);
    link->next = std::move(chain);
    chain = std::move(link);
  }
  return chain;
}

// Frees a chain without a recursion of destructors.
static void drop(std::unique_ptr<Link> chain) {
  while (chain) chain = std::move(chain->next);
}

int main(int argc, char** argv) {
  int steps = int(argumentOr(argc, argv, 1, 31));
  long depth = argumentOr(argc, argv, 2, 30000);
  int threads = int(argumentOr(argc, argv, 3, 2));
  std::vector<uint64_t> sums(threads);
  onThreads(threads, [&](int index) {
    std::vector<int> path{1};
    for (int turn = 0; turn < 8; ++turn) sums[index] = fold(sums[index], countWays(path, steps));
    auto chain = chainOf(depth);
    for (int turn = 0; turn < 100; ++turn) sums[index] = fold(sums[index], weightBelow(chain.get(), 0));
    drop(std::move(chain));
  });
  uint64_t sum = 0;
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
