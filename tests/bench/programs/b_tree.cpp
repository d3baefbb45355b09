// Bench: groups=kernels pointer-chasing; args=1000000; quick=40000; valgrind=5000
// B-trees: each thread fills one, then all threads look keys up in all of them.
#include "../support.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <memory>

class BTree {
 public:
  void insert(uint64_t key) {
    if (root_->count == kKeys) {
      auto above = std::make_unique<Node>();
      above->leaf = false;
      above->children[0] = std::move(root_);
      root_ = std::move(above);
      split(*root_, 0);
    }
    insertBelow(*root_, key);
  }

  bool contains(uint64_t key) const {
    const Node* node = root_.get();
    while (true) {
      int slot = slotOf(*node, key);
      if (slot < node->count && node->keys[slot] == key) return true;
      if (node->leaf) return false;
      node = node->children[slot].get();
    }
  }

 private:
  static constexpr int kKeys = 15;

  struct Node {
    bool leaf = true;
    int count = 0;
    uint64_t keys[kKeys];
    std::unique_ptr<Node> children[kKeys + 1];
  };

  static int slotOf(const Node& node, uint64_t key) {
    int slot = 0;
    while (slot < node.count && node.keys[slot] < key) ++slot;
    return slot;
  }

  // Moves the upper half of a full child into a new node beside it.
  static void split(Node& parent, int slot) {
    Node& full = *parent.children[slot];
    auto upper = std::make_unique<Node>();
    constexpr int middle = kKeys / 2;
    upper->leaf = full.leaf;
    upper->count = kKeys - middle - 1;
    std::copy(full.keys + middle + 1, full.keys + kKeys, upper->keys);
    if (!full.leaf) std::move(full.children + middle + 1, full.children + kKeys + 1, upper->children);
    full.count = middle;
    std::move_backward(parent.children + slot + 1, parent.children + parent.count + 1,
                       parent.children + parent.count + 2);
    std::copy_backward(parent.keys + slot, parent.keys + parent.count, parent.keys + parent.count + 1);
    parent.children[slot + 1] = std::move(upper);
    parent.keys[slot] = full.keys[middle];
    ++parent.count;
  }

  static void insertBelow(Node& node, uint64_t key) {
    int slot = slotOf(node, key);
    if (node.leaf) {
      std::copy_backward(node.keys + slot, node.keys + node.count, node.keys + node.count + 1);
      node.keys[slot] = key;
      ++node.count;
      return;
    }
    if (node.children[slot]->count == kKeys) {
      split(node, slot);
      if (node.keys[slot] < key) ++slot;
    }
    insertBelow(*node.children[slot], key);
  }

  std::unique_ptr<Node> root_ = std::make_unique<Node>();
};

int main(int argc, char** argv) {
  long keys = argumentOr(argc, argv, 1, 1000000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<BTree> trees(threads);
  std::vector<uint64_t> found(threads);
  std::barrier filled(threads);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(keys, threads, index);
    for (long i = mine.first; i < mine.last; ++i) trees[index].insert(uint64_t(i) * 7919 % uint64_t(4 * keys));
    filled.arrive_and_wait();
    uint64_t seed = uint64_t(index) + 1, hits = 0;
    for (long i = mine.first; i < mine.last; ++i) {
      uint64_t key = randomBelow(&seed, uint64_t(4 * keys));
      for (const BTree& tree : trees) hits += tree.contains(key);
    }
    found[index] = hits;
  });
  uint64_t sum = 0;
  for (uint64_t hits : found) sum = fold(sum, hits);
  printChecksum(sum);
}
