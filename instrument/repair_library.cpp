#include "repair_library.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace snag {
namespace {

constexpr uint64_t kSeqCst = 5;  // std::memory_order_seq_cst

Constant* seqCst(const Value& order) { return ConstantInt::get(order.getType(), kSeqCst); }

// std::_Sp_atomic<P>::_Atomic_count::unlock(order)
bool repairUnlock(Function& function) {
  if (function.arg_size() != 2 || !function.getArg(1)->getType()->isIntegerTy(32)) return false;
  function.getArg(1)->replaceAllUsesWith(seqCst(*function.getArg(1)));
  return true;
}

// std::_Sp_atomic<P>::_Atomic_count::_M_wait_unlock(order): a relaxed fetch_sub, then the wait.
bool repairWaitUnlock(Function& function) {
  bool changed = false;
  for (Instruction& instruction : instructions(function)) {
    auto* call = dyn_cast<CallBase>(&instruction);
    Function* callee = call ? call->getCalledFunction() : nullptr;
    if (!callee || !callee->getName().contains("9fetch_sub") || call->arg_size() != 3) continue;
    call->setArgOperand(2, seqCst(*call->getArgOperand(2)));
    changed = true;
  }
  return changed;
}

bool repair(Function& function) {
  const StringRef name = function.getName();
  if (function.isDeclaration() || !name.contains("St10_Sp_atomicI")) return false;
  if (name.contains("13_Atomic_count6unlockE")) return repairUnlock(function);
  return name.contains("13_Atomic_count14_M_wait_unlockE") && repairWaitUnlock(function);
}

}  // namespace

PreservedAnalyses RepairLibraryPass::run(Module& module, ModuleAnalysisManager&) {
  bool changed = false;
  for (Function& function : module) changed |= repair(function);
  return changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

}  // namespace snag
