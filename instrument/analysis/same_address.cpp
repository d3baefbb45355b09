#include "analysis/same_address.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace snag {
namespace {

constexpr unsigned kMaxDepth = 10;

// A parameter's slot at -O0: stored to once, in the entry block, before anything reads it.
const StoreInst* onlyStore(const Value* slot) {
  auto* alloca = dyn_cast<AllocaInst>(slot);
  if (!alloca) return nullptr;
  const StoreInst* store = nullptr;
  for (const User* user : alloca->users()) {
    if (isa<LoadInst>(user)) continue;
    auto* candidate = dyn_cast<StoreInst>(user);
    if (auto* call = dyn_cast<CallBase>(user); call && (call->isLifetimeStartOrEnd() || isa<DbgInfoIntrinsic>(call)))
      continue;
    if (!candidate || store || candidate->getValueOperand() == slot) return nullptr;
    store = candidate;
  }
  return store && store->getParent()->isEntryBlock() ? store : nullptr;
}

// A pointer that may be derived from several objects.
bool isMixed(const Value* object) { return isa<PHINode>(object) || isa<SelectInst>(object); }

}  // namespace

bool SameAddress::equal(const Value* first, const Value* second, unsigned depth) {
  if (first == second) return true;
  auto* a = dyn_cast<Instruction>(first);
  auto* b = dyn_cast<Instruction>(second);
  if (!a || !b || depth > kMaxDepth || !a->isSameOperationAs(b)) return false;
  if (auto* load = dyn_cast<LoadInst>(a)) return loadsAgree(*load, *cast<LoadInst>(b), depth);
  if (a->mayReadOrWriteMemory() || isa<PHINode>(a) || isa<CallBase>(a) || isa<AllocaInst>(a) || isa<FreezeInst>(a))
    return false;
  for (unsigned index = 0; index < a->getNumOperands(); ++index)
    if (!equal(a->getOperand(index), b->getOperand(index), depth + 1)) return false;
  return true;
}

bool SameAddress::loadsAgree(const LoadInst& first, const LoadInst& second, unsigned depth) {
  const Value* slot = first.getPointerOperand();
  if (!first.isSimple() || !second.isSimple() || !equal(slot, second.getPointerOperand(), depth + 1)) return false;
  if (onlyStore(slot)) return true;
  if (first.getParent() != second.getParent() || !first.comesBefore(&second)) return false;
  for (const Instruction* at = first.getNextNode(); at != &second; at = at->getNextNode())
    if (mayChange(*at, slot)) return false;
  return true;
}

bool SameAddress::mayChange(const Instruction& instruction, const Value* slot) {
  if (!instruction.mayWriteToMemory()) return false;
  const Value* object = getUnderlyingObject(slot, 0);
  bool isPrivate = privateObjects_.contains(slot);
  if (auto* store = dyn_cast<StoreInst>(&instruction)) {
    const Value* target = getUnderlyingObject(store->getPointerOperand(), 0);
    return isPrivate ? target == object || isMixed(target) : !privateObjects_.contains(target);
  }
  if (auto* intrinsic = dyn_cast<IntrinsicInst>(&instruction); intrinsic && intrinsic->isAssumeLikeIntrinsic())
    return false;
  auto* call = dyn_cast<CallBase>(&instruction);
  if (!isPrivate || !call) return true;
  return any_of(call->args(), [&](const Use& argument) {
    if (!argument->getType()->isPointerTy()) return false;
    const Value* target = getUnderlyingObject(argument, 0);
    return target == object || isMixed(target);
  });
}

const Value* SameAddress::storedValue(const LoadInst& load) {
  const Value* slot = load.getPointerOperand();
  if (!isa<AllocaInst>(slot) || !privateObjects_.contains(slot) || !load.isSimple()) return nullptr;
  if (const StoreInst* store = onlyStore(slot)) return store->getValueOperand();
  for (const Instruction* at = load.getPrevNode(); at; at = at->getPrevNode()) {
    if (!mayChange(*at, slot)) continue;
    auto* store = dyn_cast<StoreInst>(at);
    bool whole = store && store->getPointerOperand() == slot && store->getValueOperand()->getType() == load.getType();
    return whole ? store->getValueOperand() : nullptr;
  }
  return nullptr;
}

}  // namespace snag
