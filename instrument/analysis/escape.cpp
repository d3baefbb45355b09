#include "analysis/escape.h"

#include "access.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Support/CommandLine.h"

#define DEBUG_TYPE "snag-escape"

using namespace llvm;

STATISTIC(NumUnescaped, "Accesses not checked because no other thread can see the object");

static cl::opt<bool> escapeSwitch("snag-escape", cl::init(true), cl::Hidden,
                                  cl::desc("Do not check accesses to objects that never escape"));

namespace snag {
namespace {

bool isLocalObject(const Value* object) {
  if (auto* argument = dyn_cast<Argument>(object)) return argument->hasByValAttr();
  return isa<AllocaInst>(object);
}

bool callKeeps(const CallBase& call, const Use& use) {
  if (isa<MemIntrinsic>(call) || call.isLifetimeStartOrEnd() || isa<DbgInfoIntrinsic>(call)) return false;
  if (!call.isArgOperand(&use)) return true;
  unsigned argument = call.getArgOperandNo(&use);
  return !(call.doesNotCapture(argument) && call.hasFnAttr(Attribute::NoSync));
}

enum class UseKind { Harmless, Derives, Captures };

UseKind classify(const Use& use) {
  const User* user = use.getUser();
  if (isa<LoadInst>(user) || isa<CmpInst>(user)) return UseKind::Harmless;
  if (isa<StoreInst>(user))
    return use.getOperandNo() == StoreInst::getPointerOperandIndex() ? UseKind::Harmless : UseKind::Captures;
  if (isa<AtomicRMWInst>(user) || isa<AtomicCmpXchgInst>(user))
    return use.getOperandNo() == 0 ? UseKind::Harmless : UseKind::Captures;
  if (isa<GetElementPtrInst>(user) || isa<PHINode>(user) || isa<SelectInst>(user) || isa<BitCastInst>(user) ||
      isa<FreezeInst>(user))
    return UseKind::Derives;
  if (auto* call = dyn_cast<CallBase>(user)) return callKeeps(*call, use) ? UseKind::Captures : UseKind::Harmless;
  return UseKind::Captures;
}

bool isNeverCaptured(const Value* object) {
  SmallPtrSet<const Value*, 16> seen{object};
  SmallVector<const Value*, 16> work{object};
  while (!work.empty()) {
    for (const Use& use : work.pop_back_val()->uses()) {
      UseKind kind = classify(use);
      if (kind == UseKind::Captures) return false;
      if (kind == UseKind::Derives && seen.insert(use.getUser()).second) work.push_back(use.getUser());
    }
  }
  return true;
}

}  // namespace

bool PrivateObjects::contains(const Value* address) {
  if (!address->getType()->isPointerTy()) return false;
  const Value* object = getUnderlyingObject(address, 0);
  if (!isLocalObject(object)) return false;
  auto [entry, isNew] = known_.try_emplace(object, false);
  if (isNew) entry->second = isNeverCaptured(object);
  return entry->second;
}

void dropUnescapedAccesses(FunctionAccesses& found) {
  if (!escapeSwitch) return;
  PrivateObjects privateObjects;
  for (Access& access : found.accesses)
    if (privateObjects.contains(access.address)) {
      access.dropped = true;
      ++NumUnescaped;
    }
  std::erase_if(found.atomics, [&](const AtomicAccess& atomic) { return privateObjects.contains(atomic.address); });
}

}  // namespace snag
