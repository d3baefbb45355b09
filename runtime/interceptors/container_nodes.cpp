// Trees and lists of libstdc++. The headers' code, which is checked, calls the library to link a node in or out, to
// rebalance and to find a neighbour: without these, a lookup that runs beside an insertion would go unnoticed.
//
// What the library writes is found out by comparing the nodes around the place before and after. libc++ does all this
// in its headers.
#include <stddef.h>
#include <stdint.h>

#include "interceptors/library_call.h"
#include "interceptors/tree_image.h"

using namespace snag;

namespace {

struct ListNode {
  ListNode *next, *previous;
};

}  // namespace

#define SNAG_CONTAINER_FUNCTION(result, name, symbol, ...)                                                  \
  [[gnu::section("snag_real"), gnu::used]] constinit ::snag::RealFunction<result(__VA_ARGS__)> real_##name{ \
      {symbol, nullptr, nullptr}};                                                                          \
  SNAG_INTERCEPTOR result snag_##name(__VA_ARGS__) noexcept __asm__(symbol);

SNAG_CONTAINER_FUNCTION(void, treeInsert, "_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_", bool,
                        TreeNode*, TreeNode*, TreeNode*)
SNAG_CONTAINER_FUNCTION(TreeNode*, treeErase, "_ZSt28_Rb_tree_rebalance_for_erasePSt18_Rb_tree_node_baseRS_", TreeNode*,
                        TreeNode*)
SNAG_CONTAINER_FUNCTION(TreeNode*, treeNext, "_ZSt18_Rb_tree_incrementPSt18_Rb_tree_node_base", TreeNode*)
SNAG_CONTAINER_FUNCTION(const TreeNode*, treeNextConst, "_ZSt18_Rb_tree_incrementPKSt18_Rb_tree_node_base",
                        const TreeNode*)
SNAG_CONTAINER_FUNCTION(TreeNode*, treePrevious, "_ZSt18_Rb_tree_decrementPSt18_Rb_tree_node_base", TreeNode*)
SNAG_CONTAINER_FUNCTION(const TreeNode*, treePreviousConst, "_ZSt18_Rb_tree_decrementPKSt18_Rb_tree_node_base",
                        const TreeNode*)
SNAG_CONTAINER_FUNCTION(void, listHook, "_ZNSt8__detail15_List_node_base7_M_hookEPS0_", ListNode*, ListNode*)
SNAG_CONTAINER_FUNCTION(void, listUnhook, "_ZNSt8__detail15_List_node_base9_M_unhookEv", ListNode*)
SNAG_CONTAINER_FUNCTION(void, listTransfer, "_ZNSt8__detail15_List_node_base11_M_transferEPS0_S1_", ListNode*,
                        ListNode*, ListNode*)
SNAG_CONTAINER_FUNCTION(void, listReverse, "_ZNSt8__detail15_List_node_base10_M_reverseEv", ListNode*)

namespace {

template <typename Field>
void readsField(const LibraryCall& call, const Field& field) {
  if constexpr (sizeof field == 8)
    call.readsWord(&field);
  else
    call.reads(&field, sizeof field);
}
template <typename Field>
void writesField(const LibraryCall& call, const Field& field) {
  if constexpr (sizeof field == 8)
    call.writesWord(&field);
  else
    call.writes(&field, sizeof field);
}

// --- trees ----------------------------------------------------------------------------------------------

void tellWrites(const LibraryCall& call, const TreeImage& before) {
  before.forEachChange([&](const auto& field) { writesField(call, field); });
}

// The links that the library follows to a node's neighbour; `toward` is the link in that direction.
void readsStep(const LibraryCall& call, const TreeNode* node, TreeNode* TreeNode::* toward,
               TreeNode* TreeNode::* back) {
  readsField(call, node->*toward);
  if (node->*toward != nullptr) {
    node = node->*toward;
    for (readsField(call, node->*back); node->*back != nullptr; readsField(call, node->*back)) node = node->*back;
    return;
  }
  for (;;) {
    readsField(call, node->parent);
    const TreeNode* parent = node->parent;
    readsField(call, parent->*toward);
    if (node != parent->*toward || parent->parent == node) return;
    node = parent;
  }
}

void readsNext(const LibraryCall& call, const TreeNode* node) {
  if (call.isChecked()) readsStep(call, node, &TreeNode::right, &TreeNode::left);
}
void readsPrevious(const LibraryCall& call, const TreeNode* node) {
  if (!call.isChecked()) return;
  const bool isHeader = node->color == 0 && node->parent != nullptr && node->parent->parent == node;
  if (isHeader)
    readsField(call, node->right);
  else
    readsStep(call, node, &TreeNode::left, &TreeNode::right);
}

}  // namespace

void snag_treeInsert(bool isLeft, TreeNode* node, TreeNode* parent, TreeNode* header) noexcept {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  if (!call.isChecked()) return real_treeInsert(isLeft, node, parent, header);
  TreeImage around;
  around.addInsertion(parent, header);
  real_treeInsert(isLeft, node, parent, header);
  call.writes(node, sizeof *node);
  tellWrites(call, around);
}

TreeNode* snag_treeErase(TreeNode* node, TreeNode* header) noexcept {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  if (!call.isChecked()) return real_treeErase(node, header);
  call.reads(node, sizeof *node);
  TreeImage around;
  around.addRemoval(node, header);
  TreeNode* const removed = real_treeErase(node, header);
  tellWrites(call, around);
  return removed;
}

TreeNode* snag_treeNext(TreeNode* node) noexcept {
  readsNext(SNAG_LIBRARY_CALL, node);
  return real_treeNext(node);
}
const TreeNode* snag_treeNextConst(const TreeNode* node) noexcept {
  readsNext(SNAG_LIBRARY_CALL, node);
  return real_treeNextConst(node);
}
TreeNode* snag_treePrevious(TreeNode* node) noexcept {
  readsPrevious(SNAG_LIBRARY_CALL, node);
  return real_treePrevious(node);
}
const TreeNode* snag_treePreviousConst(const TreeNode* node) noexcept {
  readsPrevious(SNAG_LIBRARY_CALL, node);
  return real_treePreviousConst(node);
}

// --- lists ----------------------------------------------------------------------------------------------

void snag_listHook(ListNode* node, ListNode* position) noexcept {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  real_listHook(node, position);
  call.writes(node, sizeof *node);
  writesField(call, position->previous);
  writesField(call, node->previous->next);
}

void snag_listUnhook(ListNode* node) noexcept {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  call.reads(node, sizeof *node);
  real_listUnhook(node);
  writesField(call, node->next->previous);
  writesField(call, node->previous->next);
}

// [first, last) moves in front of the node.
void snag_listTransfer(ListNode* node, ListNode* first, ListNode* last) noexcept {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  if (node == last) return real_listTransfer(node, first, last);
  ListNode* const beforeFirst = first->previous;
  real_listTransfer(node, first, last);
  writesField(call, beforeFirst->next);
  writesField(call, last->previous);
  writesField(call, first->previous);
  writesField(call, first->previous->next);
  writesField(call, node->previous);
  writesField(call, node->previous->next);
}

void snag_listReverse(ListNode* node) noexcept {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  real_listReverse(node);
  const ListNode* each = node;
  do {
    call.writes(each, sizeof *each);
    each = each->next;
  } while (each != node && call.isChecked());
}
