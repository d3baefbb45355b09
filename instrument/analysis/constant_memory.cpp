#include "analysis/constant_memory.h"

#include "access.h"
#include "snag/hooks.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"
#include "llvm/Support/CommandLine.h"

#define DEBUG_TYPE "snag-constant-memory"

using namespace llvm;

STATISTIC(NumConstant, "Reads not checked because nobody writes the memory");

static cl::opt<bool> constantSwitch("snag-constant-memory", cl::init(true), cl::Hidden,
                                    cl::desc("Do not check reads of memory that nobody writes"));

namespace snag {
namespace {

// Loading from the address, or computing another one from it, is all that happens.
bool isOnlyRead(const GlobalVariable& global) {
  SmallPtrSet<const Value*, 16> seen{&global};
  SmallVector<const Value*, 16> work{&global};
  while (!work.empty()) {
    for (const User* user : work.pop_back_val()->users()) {
      if (isa<LoadInst>(user) || isa<CmpInst>(user)) continue;
      if (!isa<GEPOperator>(user) && !isa<PHINode>(user) && !isa<SelectInst>(user)) return false;
      if (seen.insert(user).second) work.push_back(user);
    }
  }
  return true;
}

bool isVtable(const Value* object) {
  auto* load = dyn_cast<LoadInst>(object);
  MDNode* tag = load ? load->getMetadata(LLVMContext::MD_tbaa) : nullptr;
  return tag && tag->isTBAAVtableAccess();
}

bool isConstant(const Value* object) {
  if (auto* global = dyn_cast<GlobalVariable>(object))
    return global->isConstant() || (global->hasLocalLinkage() && isOnlyRead(*global));
  return isVtable(object);
}

}  // namespace

void dropConstantMemoryAccesses(FunctionAccesses& found) {
  if (!constantSwitch) return;
  DenseMap<const Value*, bool> known;
  for (Access& access : found.accesses) {
    if (access.dropped || (access.kind & SNAG_SITE_WRITE) || !access.address->getType()->isPointerTy()) continue;
    const Value* object = getUnderlyingObject(access.address, 0);
    auto [entry, isNew] = known.try_emplace(object, false);
    if (isNew) entry->second = isConstant(object);
    if (entry->second) {
      access.dropped = true;
      ++NumConstant;
    }
  }
}

}  // namespace snag
