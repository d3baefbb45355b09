// The nodes of a libstdc++ tree that inserting or erasing a node may change, as they are before it.
//
// The library rebalances in its binary, where nothing is instrumented. What it writes is found by comparing. Looking at
// the whole way to the root each time would cost more than the change itself, so the image follows the library upward
// only as far as its rules go on (Cormen et al., Introduction to Algorithms, chapter 13).
#ifndef SNAG_INTERCEPTORS_TREE_IMAGE_H
#define SNAG_INTERCEPTORS_TREE_IMAGE_H

#include <stddef.h>
#include <stdint.h>

namespace snag {

// std::_Rb_tree_node_base. The header of a tree is one too: red, with the root as its parent, the first node as its
// left and the last as its right.
struct TreeNode {
  static constexpr uint32_t kRed = 0;

  uint32_t color;
  TreeNode *parent, *left, *right;

  bool isRed() const { return color == kRed; }
  TreeNode* otherChild(const TreeNode* child) const { return left == child ? right : left; }
};

inline const TreeNode* leftmost(const TreeNode* node) {
  while (node->left != nullptr) node = node->left;
  return node;
}

// Not thread-safe: for the caller's tree, while it calls.
class TreeImage {
 public:
  // A new node is about to become a child of `parent`, which is the header in an empty tree.
  void addInsertion(const TreeNode* parent, const TreeNode* header) {
    add(header, 0);
    while (parent != header) {
      add(parent, 1);
      if (!parent->isRed()) return;
      const TreeNode* const grandparent = parent->parent;  // a red node is not the root
      add(grandparent, 1);
      const TreeNode* const uncle = grandparent->otherChild(parent);
      parent = grandparent->parent;
      if (uncle != nullptr && uncle->isRed()) continue;
      if (parent != header) add(parent, 0);
      return;
    }
  }

  // The node is about to be erased.
  void addRemoval(const TreeNode* node, const TreeNode* header) {
    add(header, 0);
    add(node, 1);
    if (node->parent != header) add(node->parent, 0);
    // What leaves its place: the node, or its successor, which takes the node's place and colour.
    const TreeNode* gone = node->left != nullptr && node->right != nullptr ? leftmost(node->right) : node;
    add(gone, 1);
    if (gone->parent != header) add(gone->parent, 0);
    if (gone->isRed()) return;
    const TreeNode* moved = gone->left != nullptr ? gone->left : gone->right;
    const TreeNode* below = gone;  // where there is one black node too few now
    for (const TreeNode* parent = gone->parent; parent != header; parent = below->parent) {
      if (moved != nullptr && moved->isRed()) return;
      const TreeNode* const sibling = parent->otherChild(below);
      if (sibling == nullptr || sibling->isRed() || hasRedChild(*sibling)) {
        add(parent, 4);  // two rotations and their children
        if (parent->parent != header) add(parent->parent, 0);
        return;
      }
      add(parent, 1);
      below = moved = parent;
    }
  }

  // Calls visit(field) for each field, of 4 or 8 bytes, that is another now. May come to some twice.
  template <typename Visit>
  void forEachChange(Visit&& visit) const {
    for (unsigned i = 0; i < count_; ++i) {
      const auto& [node, before] = entries_[i];
      if (node->color != before.color) visit(node->color);
      if (node->parent != before.parent) visit(node->parent);
      if (node->left != before.left) visit(node->left);
      if (node->right != before.right) visit(node->right);
    }
  }

 private:
  static constexpr unsigned kMost = 128;  // changes seldom reach further
  struct Entry {
    const TreeNode* node;
    TreeNode before;
  };

  static bool hasRedChild(const TreeNode& node) {
    return (node.left != nullptr && node.left->isRed()) || (node.right != nullptr && node.right->isRed());
  }
  // The node, and those up to `depth` links below it.
  void add(const TreeNode* node, unsigned depth) {
    if (node == nullptr || count_ == kMost) return;
    entries_[count_++] = {node, *node};
    if (depth == 0) return;
    add(node->left, depth - 1);
    add(node->right, depth - 1);
  }

  Entry entries_[kMost];
  unsigned count_ = 0;
};

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_TREE_IMAGE_H
