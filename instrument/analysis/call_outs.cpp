#include "analysis/call_outs.h"

#include "access.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Analysis/BlockFrequencyInfo.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/Function.h"
#include "llvm/Support/CommandLine.h"

#include <tuple>

#define DEBUG_TYPE "snag-call-outs"

using namespace llvm;

STATISTIC(NumCallOuts, "Accesses whose test is in a hook");

static cl::opt<bool> callOutSwitch("snag-call-outs", cl::init(true), cl::Hidden,
                                   cl::desc("Call a hook for the test of what is accessed rarely"));
static cl::opt<unsigned> mostInline("snag-most-inline", cl::init(4), cl::Hidden,
                                    cl::desc("Inline tests in one function, at most"));

namespace snag {
namespace {

bool isUnoptimised(const Function& function) {
  return function.hasOptNone() || function.hasOptSize() || function.hasFnAttribute(Attribute::Cold);
}

// A block is hot if it runs at least so often for each time that the function is entered...
constexpr uint64_t kRoundsPerEntry = 4;
// ... and not much less often than the hottest of the function.
constexpr uint64_t kLessThanHottest = 8;

class Chooser {
 public:
  Chooser(Function& function, FunctionAccesses& found, FunctionAnalysisManager& analyses)
      : found_(found), frequencies_(analyses.getResult<BlockFrequencyAnalysis>(function)) {}

  void run() {
    for (Access& access : found_.accesses)
      if (!access.dropped && !access.isMoved) add(access, *access.before->getParent());
    for (LoopRun& run : found_.runs)
      if (run.rounds == nullptr) add(*run.access, *run.loop->getLoopPredecessor());  // ranges have no inline test
    sort(candidates_, [](const Candidate& a, const Candidate& b) {
      return std::tie(b.frequency, a.order) < std::tie(a.frequency, b.order);
    });
    if (candidates_.empty()) return;
    uint64_t entry = frequencies_.getEntryFreq().getFrequency(), hottest = candidates_.front().frequency;
    unsigned left = mostInline;
    for (const Candidate& each : candidates_) {
      bool isHot = each.frequency / kRoundsPerEntry >= entry && each.frequency >= hottest / kLessThanHottest;
      each.access->callsOut = !isHot || left == 0;
      if (!each.access->callsOut) --left;
    }
  }

 private:
  struct Candidate {
    Access* access;
    uint64_t frequency;
    size_t order;
  };

  void add(Access& access, const BasicBlock& block) {
    candidates_.push_back({&access, frequencies_.getBlockFreq(&block).getFrequency(), candidates_.size()});
  }

  FunctionAccesses& found_;
  const BlockFrequencyInfo& frequencies_;
  std::vector<Candidate> candidates_;
};

}  // namespace

void chooseCallOuts(Function& function, FunctionAccesses& found, FunctionAnalysisManager& analyses) {
  if (!callOutSwitch || found.accesses.empty()) return;
  if (isUnoptimised(function))
    for (Access& access : found.accesses) access.callsOut = true;
  else
    Chooser(function, found, analyses).run();
  NumCallOuts += count_if(found.accesses, [](const Access& access) { return access.callsOut && !access.dropped; });
}

}  // namespace snag
