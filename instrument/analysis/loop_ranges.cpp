#include "analysis/loop_ranges.h"

#include "access.h"
#include "analysis/quiet_calls.h"
#include "llvm_compat.h"
#include "snag/hooks.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"

#include <tuple>

#define DEBUG_TYPE "snag-loop-ranges"

using namespace llvm;

STATISTIC(NumHoisted, "Accesses to one place that are checked before their loop");
STATISTIC(NumRanges, "Range checks before loops");
STATISTIC(NumRanged, "Accesses in loops that range checks stand for");

static cl::opt<bool> loopSwitch("snag-loop-ranges", cl::init(true), cl::Hidden,
                                cl::desc("Check what a counted loop accesses before the loop"));

namespace snag {
namespace {

constexpr uint64_t kFewRounds = 4;  // a call costs more than so many inline tests
constexpr unsigned kExpansionBudget = 8;

// An access whose address moves on by a constant step.
struct Moving {
  Access* access;
  const SCEV* start;
  int64_t step;
  int64_t offset;  // of its start from that of the first of its set
};

// Where copies of one access in an unrolled loop agree.
auto lineOf(const Access& access) {
  const DILocation* location = access.instruction->getDebugLoc().get();
  return std::tuple(access.kind, access.size, location ? location->getLine() : 0, location ? location->getColumn() : 0,
                    location ? static_cast<const void*>(location->getInlinedAt()) : nullptr,
                    location ? static_cast<const void*>(location->getScope()->getSubprogram()) : nullptr);
}

class LoopRanges {
 public:
  LoopRanges(Function& function, FunctionAccesses& found, const QuietCalls& quietCalls,
             FunctionAnalysisManager& analyses)
      : found_(found),
        quietCalls_(quietCalls),
        library_(analyses.getResult<TargetLibraryAnalysis>(function)),
        target_(analyses.getResult<TargetIRAnalysis>(function)),
        dominators_(analyses.getResult<DominatorTreeAnalysis>(function)),
        loops_(analyses.getResult<LoopAnalysis>(function)),
        evolution_(analyses.getResult<ScalarEvolutionAnalysis>(function)),
        expander_(compat::makeExpander(evolution_, function.getParent()->getDataLayout(), "snag.range")) {}

  void run() {
    MapVector<Loop*, SmallVector<Access*, 8>> byLoop;
    for (Access& access : found_.accesses)
      if (isCandidate(access))
        if (Loop* loop = loops_.getLoopFor(access.before->getParent())) byLoop[loop].push_back(&access);
    for (auto& [loop, accesses] : byLoop)
      if (hasOneEntry(*loop) && isQuiet(*loop)) visit(*loop, accesses);
  }

 private:
  static bool isCandidate(const Access& access) {
    return !access.dropped && access.shape == AccessShape::Fixed && access.size <= 64 && isPowerOf2_64(access.size);
  }

  // --- conditions 1 and 2 ---

  static bool hasOneEntry(const Loop& loop) {
    BasicBlock* before = loop.getLoopPredecessor();
    return loop.getLoopLatch() && before && isa<BranchInst>(before->getTerminator()) && !loop.getHeader()->isEHPad() &&
           mustEndInside(loop);
  }

  static bool mustEndInside(const Loop& loop) {
    return all_of(loop.getSubLoops(), [](const Loop* inner) { return isMustProgress(inner) && mustEndInside(*inner); });
  }

  bool isQuiet(const Loop& loop) const {
    for (BasicBlock* block : loop.blocks())
      for (Instruction& each : *block)
        if (!quietCalls_.isQuiet(each, library_) || !quietCalls_.surelyContinues(each)) return false;
    return true;
  }

  bool canCompute(const SCEV* value, Loop& loop) {
    Instruction* at = loop.getLoopPredecessor()->getTerminator();
    return evolution_.isLoopInvariant(value, &loop) && expander_.isSafeToExpandAt(value, at) &&
           !expander_.isHighCostExpansion(value, &loop, kExpansionBudget, &target_, at);
  }

  // --- conditions 3 and 4 ---

  bool isCounted(Loop& loop) {
    if (loop.getExitingBlock() != loop.getLoopLatch()) return false;
    rounds_ = evolution_.getBackedgeTakenCount(&loop);
    if (isa<SCEVCouldNotCompute>(rounds_) || evolution_.getTypeSizeInBits(rounds_->getType()) > 64) return false;
    auto* constant = dyn_cast<SCEVConstant>(rounds_);
    areFew_ = constant && constant->getAPInt().ult(kFewRounds - 1);
    return canCompute(rounds_, loop);
  }

  void visit(Loop& loop, ArrayRef<Access*> accesses) {
    SmallVector<Moving, 8> moving;
    for (Access* access : accesses) {
      if (!isInEachRound(access->before->getParent(), loop)) continue;
      const SCEV* address = evolution_.getSCEV(access->address);
      if (evolution_.isLoopInvariant(address, &loop)) {
        if (canCompute(address, loop)) hoist(loop, *access, address);
        continue;
      }
      auto* recurrence = dyn_cast<SCEVAddRecExpr>(address);
      if (!recurrence || recurrence->getLoop() != &loop || !recurrence->isAffine()) continue;
      auto* step = dyn_cast<SCEVConstant>(recurrence->getStepRecurrence(evolution_));
      if (!step || step->getAPInt().getSignificantBits() > 32 || !canCompute(recurrence->getStart(), loop)) continue;
      moving.push_back({access, recurrence->getStart(), step->getAPInt().getSExtValue(), 0});
    }
    if (moving.empty() || !isCounted(loop) || areFew_) return;
    while (!moving.empty()) takeOneRange(loop, moving);
  }

  // Whoever enters the loop makes the access, however it goes on.
  bool isInEachRound(BasicBlock* block, const Loop& loop) const {
    SmallVector<BasicBlock*, 4> leaving;
    loop.getExitingBlocks(leaving);
    return !leaving.empty() && dominators_.dominates(block, loop.getLoopLatch()) &&
           all_of(leaving, [&](BasicBlock* each) { return dominators_.dominates(block, each); });
  }

  void hoist(Loop& loop, Access& access, const SCEV* address) {
    access.isMoved = true;
    found_.runs.push_back({&access, &loop, address, nullptr, 0, 0});
    ++NumHoisted;
  }

  // The first of `moving`, with the copies of it that together fill the step.
  void takeOneRange(Loop& loop, SmallVector<Moving, 8>& moving) {
    Moving first = moving.front();
    int64_t size = static_cast<int64_t>(first.access->size), step = std::abs(first.step);
    SmallVector<Moving, 8> copies, others;
    for (Moving& each : moving) {
      bool alike = each.step == first.step && lineOf(*each.access) == lineOf(*first.access);
      auto* distance = alike ? dyn_cast<SCEVConstant>(evolution_.getMinusSCEV(each.start, first.start)) : nullptr;
      bool near = distance && distance->getAPInt().getSignificantBits() <= 32;
      if (near) each.offset = distance->getAPInt().getSExtValue();
      (near ? copies : others).push_back(each);
    }
    moving = std::move(others);
    sort(copies, [](const Moving& a, const Moving& b) { return a.offset < b.offset; });
    for (size_t index = 0; index < copies.size(); ++index)
      if (copies[index].offset != copies[0].offset + static_cast<int64_t>(index) * size) return;
    if (static_cast<int64_t>(copies.size()) * size != step) return;
    for (Moving& each : copies) each.access->isMoved = true;
    found_.runs.push_back({first.access, &loop, copies[0].start, rounds_, first.step, static_cast<uint64_t>(step)});
    ++NumRanges;
    NumRanged += copies.size();
  }

  FunctionAccesses& found_;
  const QuietCalls& quietCalls_;
  const TargetLibraryInfo& library_;
  const TargetTransformInfo& target_;
  DominatorTree& dominators_;
  LoopInfo& loops_;
  ScalarEvolution& evolution_;
  SCEVExpander expander_;
  const SCEV* rounds_ = nullptr;  // less one: how often the loop goes back
  bool areFew_ = false;
};

}  // namespace

void findLoopRanges(Function& function, FunctionAccesses& found, const QuietCalls& quietCalls,
                    FunctionAnalysisManager& analyses) {
  if (!loopSwitch || found.accesses.empty() || analyses.getResult<LoopAnalysis>(function).empty()) return;
  LoopRanges(function, found, quietCalls, analyses).run();
}

}  // namespace snag
