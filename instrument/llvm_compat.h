// Every difference between the LLVM versions that Snag supports (19 to 22), and nothing else.
#ifndef SNAG_INSTRUMENT_LLVM_COMPAT_H
#define SNAG_INSTRUMENT_LLVM_COMPAT_H

#include "llvm/ADT/MapVector.h"
#include "llvm/Config/llvm-config.h"
#if LLVM_VERSION_MAJOR >= 22
#include "llvm/Plugins/PassPlugin.h"
#else
#include "llvm/Passes/PassPlugin.h"
#endif
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DebugProgramInstruction.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"

namespace snag::compat {

// Runs `add(passManager)` at the end of every optimizer pipeline, -O0 included.
template <typename Add>
void atOptimizerEnd(llvm::PassBuilder& builder, Add add) {
#if LLVM_VERSION_MAJOR >= 20
  builder.registerOptimizerLastEPCallback(
      [add](llvm::ModulePassManager& passes, llvm::OptimizationLevel, llvm::ThinOrFullLTOPhase) { add(passes); });
#else
  builder.registerOptimizerLastEPCallback(
      [add](llvm::ModulePassManager& passes, llvm::OptimizationLevel) { add(passes); });
#endif
}

// All debug records that mention a value, declarations and values alike.
inline llvm::SmallVector<llvm::DbgVariableRecord*, 4> debugRecords(llvm::Value* value) {
  llvm::SmallVector<llvm::DbgVariableRecord*, 4> records;
#if LLVM_VERSION_MAJOR >= 22
  llvm::findDbgUsers(value, records);
#else
  llvm::SmallVector<llvm::DbgVariableIntrinsic*, 4> intrinsics;
  llvm::findDbgUsers(intrinsics, value, &records);
#endif
  return records;
}

// What GEPOperator::collectOffset fills with the offset's variable parts.
#if LLVM_VERSION_MAJOR >= 20
using VariableOffsets = llvm::SmallMapVector<llvm::Value*, llvm::APInt, 4>;
#else
using VariableOffsets = llvm::MapVector<llvm::Value*, llvm::APInt>;
#endif

// An expander that leaves loop-closed form to others.
inline llvm::SCEVExpander makeExpander(llvm::ScalarEvolution& evolution,
                                       [[maybe_unused]] const llvm::DataLayout& layout, const char* name) {
#if LLVM_VERSION_MAJOR >= 22
  return llvm::SCEVExpander(evolution, name, false);
#else
  return llvm::SCEVExpander(evolution, layout, name, false);
#endif
}

// The mask of llvm.masked.{load,store,gather,scatter}. Up to LLVM 21 an alignment argument precedes it.
inline llvm::Value* maskOf(const llvm::IntrinsicInst& call, unsigned addressArgument) {
  unsigned next = addressArgument + 1;
  return call.getArgOperand(call.getArgOperand(next)->getType()->isVectorTy() ? next : next + 1);
}

// The alignment of a masked access: an argument up to LLVM 21, a parameter attribute afterwards.
inline llvm::MaybeAlign maskedAlignment(const llvm::IntrinsicInst& call, unsigned addressArgument) {
  if (auto* align = llvm::dyn_cast<llvm::ConstantInt>(call.getArgOperand(addressArgument + 1)))
    return align->getMaybeAlignValue();
  return call.getParamAlign(addressArgument);
}

}  // namespace snag::compat

#endif  // SNAG_INSTRUMENT_LLVM_COMPAT_H
