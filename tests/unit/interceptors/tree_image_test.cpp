// The image of what a change of a tree may write, against a look at every node before and after.
#include "interceptors/tree_image.h"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <random>
#include <set>

// libstdc++'s own, from its binary.
void treeInsert(bool isLeft, snag::TreeNode*, snag::TreeNode* parent, snag::TreeNode* header) noexcept
    __asm__("_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_");
snag::TreeNode* treeErase(snag::TreeNode*, snag::TreeNode* header) noexcept
    __asm__("_ZSt28_Rb_tree_rebalance_for_erasePSt18_Rb_tree_node_baseRS_");

namespace snag {
namespace {

class TreeImageTest : public ::testing::Test {
 protected:
  struct Keyed : TreeNode {
    uint32_t key;
  };
  using Fields = std::set<const void*>;

  TreeImageTest() { header_ = {TreeNode::kRed, nullptr, &header_, &header_}; }

  void insert(uint32_t key) {
    TreeNode* parent = &header_;
    bool isLeft = true;
    for (TreeNode* at = header_.parent; at != nullptr; at = isLeft ? at->left : at->right) {
      parent = at;
      isLeft = key < static_cast<Keyed*>(at)->key;
    }
    Keyed& node = nodes_.emplace_back();
    node.key = key;
    changes([&](TreeImage& image) { image.addInsertion(parent, &header_); },
            [&] { treeInsert(isLeft, &node, parent, &header_); });
    present_.push_back(&node);
  }
  void erase(size_t index) {
    TreeNode* const node = present_[index];
    changes([&](TreeImage& image) { image.addRemoval(node, &header_); }, [&] { treeErase(node, &header_); });
    present_[index] = present_.back();
    present_.pop_back();
  }
  template <typename Look, typename Change>
  void changes(Look look, Change change) {
    std::map<TreeNode*, TreeNode> before{{&header_, header_}};
    for (TreeNode* node : present_) before[node] = *node;
    TreeImage image;
    look(image);
    change();
    Fields expected, found;
    const auto compare = [&](const auto& now, const auto& then) {
      if (now != then) expected.insert(&now);
    };
    for (const auto& [node, then] : before) {
      compare(node->color, then.color);
      compare(node->parent, then.parent);
      compare(node->left, then.left);
      compare(node->right, then.right);
    }
    image.forEachChange([&](const auto& field) { found.insert(&field); });
    ASSERT_EQ(found, expected);
  }
  size_t size() const { return present_.size(); }

 private:
  TreeNode header_;
  std::deque<Keyed> nodes_;
  std::vector<TreeNode*> present_;
};

TEST_F(TreeImageTest, TellsEveryFieldThatRandomChangesWrite) {
  for (uint64_t seed = 1; seed <= 200 && !HasFatalFailure(); ++seed) {
    std::mt19937_64 random(seed);
    const size_t most = 4 + seed % 60;
    for (unsigned step = 0; step < 300 && !HasFatalFailure(); ++step) {
      if (size() == 0 || (size() < most && random() % 2 != 0))
        insert(static_cast<uint32_t>(random() % 100));
      else
        erase(random() % size());
    }
    while (size() != 0 && !HasFatalFailure()) erase(random() % size());
  }
}

TEST_F(TreeImageTest, TellsEveryFieldThatChangesInOrderWrite) {
  for (uint32_t key = 0; key < 300 && !HasFatalFailure(); ++key) insert(key);
  while (size() != 0 && !HasFatalFailure()) erase(size() - 1);
}

}  // namespace
}  // namespace snag
