// Bench: groups=kernels pointer-chasing; args=200000 16; quick=50000 8; valgrind=5000 4
// Linked nodes in random order: all threads follow one shared ring, then each follows and changes a ring of its own.
#include "../support.h"

#include <memory>

struct Node {
  Node* next = nullptr;
  uint64_t value = 0;
};

class Ring {
 public:
  Ring(long size, uint64_t seed) : nodes_(size) {
    std::vector<uint32_t> order(size);
    for (long i = 0; i < size; ++i) order[i] = uint32_t(i);
    for (long i = size - 1; i > 0; --i) std::swap(order[i], order[randomBelow(&seed, uint64_t(i) + 1)]);
    for (long i = 0; i < size; ++i) nodes_[order[i]] = {&nodes_[order[(i + 1) % size]], uint64_t(i)};
  }

  Node* start() { return &nodes_[0]; }
  long size() const { return long(nodes_.size()); }

 private:
  std::vector<Node> nodes_;
};

static uint64_t sumOf(const Node* node, long steps) {
  uint64_t sum = 0;
  for (; steps > 0; --steps, node = node->next) sum += node->value ^ sum << 1;
  return sum;
}

static void changeAll(Node* node, long steps) {
  for (; steps > 0; --steps, node = node->next) node->value = node->value * 5 + uint64_t(steps);
}

int main(int argc, char** argv) {
  long size = argumentOr(argc, argv, 1, 200000), rounds = argumentOr(argc, argv, 2, 16);
  int threads = int(argumentOr(argc, argv, 3, 2));
  Ring shared(size, 1);
  std::vector<uint64_t> sums(threads);
  onThreads(threads, [&](int index) {
    Ring own(size / 2, uint64_t(index) + 2);
    for (long round = 0; round < rounds; ++round) {
      sums[index] += sumOf(shared.start(), shared.size());
      changeAll(own.start(), own.size());
    }
    sums[index] = fold(sums[index], sumOf(own.start(), own.size()));
  });
  uint64_t sum = 0;
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
