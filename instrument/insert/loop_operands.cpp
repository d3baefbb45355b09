#include "insert/loop_operands.h"

#include "llvm_compat.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/LoopUtils.h"

using namespace llvm;

namespace snag {
namespace {

// First byte and number of bytes of a run with as many rounds as `run.rounds` + 1.
struct Extent {
  const SCEV* first;
  const SCEV* bytes;
};

Extent extentOf(const LoopRun& run, ScalarEvolution& evolution, Type* i64) {
  const SCEV* distance = evolution.getMulExpr(evolution.getNoopOrZeroExtend(run.rounds, i64),
                                              evolution.getConstant(i64, static_cast<uint64_t>(std::abs(run.step))));
  const SCEV* first = run.start;
  if (run.step < 0) first = evolution.getAddExpr(first, evolution.getNegativeSCEV(distance));
  return {first, evolution.getAddExpr(distance, evolution.getConstant(i64, run.bytesPerRound))};
}

}  // namespace

void insertLoopOperands(Function& function, FunctionAccesses& found, FunctionAnalysisManager& analyses) {
  if (found.runs.empty()) return;
  auto& loops = analyses.getResult<LoopAnalysis>(function);
  auto& dominators = analyses.getResult<DominatorTreeAnalysis>(function);
  auto& evolution = analyses.getResult<ScalarEvolutionAnalysis>(function);
  const DataLayout& layout = function.getParent()->getDataLayout();
  for (LoopRun& run : found.runs)
    if (!run.loop->getLoopPreheader()) InsertPreheaderForLoop(run.loop, &dominators, &loops, nullptr, false);
  SCEVExpander expander = compat::makeExpander(evolution, layout, "snag.range");
  Type* i64 = Type::getInt64Ty(function.getContext());
  for (LoopRun& run : found.runs) {
    Access& access = *run.access;
    Instruction* before = run.loop->getLoopPreheader()->getTerminator();
    Type* pointer = access.address->getType();
    access.before = before;
    if (!run.rounds) {
      access.checkedAddress = expander.expandCodeFor(run.start, pointer, before);
      continue;
    }
    Extent extent = extentOf(run, evolution, i64);
    access.checkedAddress = expander.expandCodeFor(extent.first, pointer, before);
    access.checkedBytes = expander.expandCodeFor(extent.bytes, i64, before);
  }
}

}  // namespace snag
