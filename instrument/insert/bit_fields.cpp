#include "insert/bit_fields.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Support/KnownBits.h"

#include <algorithm>

using namespace llvm;
using namespace llvm::PatternMatch;

namespace snag {
namespace {

constexpr unsigned kMaxDepth = 8;

// The same expression over the same values: at -O0 each mention of a pointer loads it from its slot again.
bool looksEqual(const Value* first, const Value* second, unsigned depth = 0) {
  if (first == second) return true;
  auto* a = dyn_cast<Instruction>(first);
  auto* b = dyn_cast<Instruction>(second);
  if (!a || !b || depth > kMaxDepth || !a->isSameOperationAs(b) || isa<PHINode>(a) || isa<CallBase>(a) ||
      isa<AllocaInst>(a))
    return false;
  for (unsigned index = 0; index < a->getNumOperands(); ++index)
    if (!looksEqual(a->getOperand(index), b->getOperand(index), depth + 1)) return false;
  return true;
}

// Finds the bits of a stored value that are sure to be those that were loaded from the same place. A bit-field is
// written as (loaded & ~field) | new, where `new` may be computed from the loaded unit without any shift.
class KeptBits {
 public:
  explicit KeptBits(const StoreInst& store)
      : place_(store.getPointerOperand()), layout_(store.getModule()->getDataLayout()) {}

  APInt of(const Value* value, unsigned depth = 0) const {
    unsigned width = value->getType()->getIntegerBitWidth();
    APInt none = APInt::getZero(width);
    if (depth > kMaxDepth) return none;
    if (auto* load = dyn_cast<LoadInst>(value))
      return looksEqual(load->getPointerOperand(), place_) ? APInt::getAllOnes(width) : none;
    const Value *left, *right;
    const APInt* mask;
    if (match(value, m_And(m_Value(left), m_APInt(mask)))) return of(left, depth + 1) & *mask;
    if (match(value, m_Or(m_Value(left), m_Value(right)))) {
      APInt fromLeft = of(left, depth + 1), fromRight = of(right, depth + 1);
      return (fromLeft & zeros(right)) | (fromRight & zeros(left)) | (fromLeft & fromRight);
    }
    if (match(value, m_Xor(m_Value(left), m_Value(right))))
      return (of(left, depth + 1) & zeros(right)) | (of(right, depth + 1) & zeros(left));
    // Below the lowest bit of what is added nothing changes.
    if (match(value, m_Add(m_Value(left), m_Value(right)))) return of(left, depth + 1) & lowZeros(right);
    if (match(value, m_Sub(m_Value(left), m_Value(right)))) return of(left, depth + 1) & lowZeros(right);
    if (match(value, m_Select(m_Value(), m_Value(left), m_Value(right))))
      return of(left, depth + 1) & of(right, depth + 1);
    return none;
  }

 private:
  APInt zeros(const Value* value) const { return computeKnownBits(value, layout_).Zero; }
  APInt lowZeros(const Value* value) const {
    KnownBits known = computeKnownBits(value, layout_);
    return APInt::getLowBitsSet(known.getBitWidth(), known.countMinTrailingZeros());
  }

  const Value* place_;
  const DataLayout& layout_;
};

uint64_t firstChangedBit(const StoreInst& store) {
  APInt changed = ~KeptBits(store).of(store.getValueOperand());
  return changed.isZero() ? 0 : changed.countr_zero();
}

// `loaded & ~field`, the rest of the unit on its way back to where it came from.
bool isKeptRest(const User& use, const LoadInst& load) {
  const APInt* mask;
  if (!match(&use, m_And(m_Specific(&load), m_APInt(mask))) || !use.hasOneUse()) return false;
  const User* joined = *use.user_begin();
  if (!match(joined, m_Or(m_Value(), m_Value())) || !joined->hasOneUse()) return false;
  auto* store = dyn_cast<StoreInst>(*joined->user_begin());
  return store && looksEqual(store->getPointerOperand(), load.getPointerOperand());
}

// The lowest bit of `value` that `user` looks at.
uint64_t firstBitUsedBy(const User& user) {
  const APInt *amount, *back;
  if (match(&user, m_LShr(m_Value(), m_APInt(amount))) || match(&user, m_AShr(m_Value(), m_APInt(amount))))
    return amount->getZExtValue();
  if (match(&user, m_And(m_Value(), m_APInt(amount)))) return amount->isZero() ? 0 : amount->countr_zero();
  if (match(&user, m_Shl(m_Value(), m_APInt(amount))) && user.hasOneUse()) {
    const User* next = *user.user_begin();
    if (match(next, m_LShr(m_Value(), m_APInt(back))) || match(next, m_AShr(m_Value(), m_APInt(back))))
      return back->uge(*amount) ? (*back - *amount).getZExtValue() : 0;
  }
  return 0;
}

uint64_t firstUsedBit(const LoadInst& load) {
  uint64_t first = load.getType()->getIntegerBitWidth();
  bool isUsed = false;
  for (const User* user : load.users()) {
    if (isKeptRest(*user, load)) continue;
    first = std::min(first, firstBitUsedBy(*user));
    isUsed = true;
  }
  return isUsed && first < load.getType()->getIntegerBitWidth() ? first : 0;
}

}  // namespace

uint64_t firstBit(const Instruction& access) {
  if (auto* store = dyn_cast<StoreInst>(&access))
    return store->getValueOperand()->getType()->isIntegerTy() ? firstChangedBit(*store) : 0;
  auto* load = dyn_cast<LoadInst>(&access);
  return load && load->getType()->isIntegerTy() ? firstUsedBit(*load) : 0;
}

}  // namespace snag
