#include "analysis/quiet_calls.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Analysis/CFG.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"

#define DEBUG_TYPE "snag-quiet-calls"

using namespace llvm;

STATISTIC(NumQuiet, "Functions that surely do not synchronise");
STATISTIC(NumReturning, "Of those, functions that surely return though no attribute says so");

static cl::opt<bool> summarySwitch("snag-call-summaries", cl::init(true), cl::Hidden,
                                   cl::desc("Look into this module's functions to see whether they synchronise"));

namespace snag {
namespace {

bool isHarmlessLibraryFunction(LibFunc id) {
  switch (id) {
    case LibFunc_sin:
    case LibFunc_sinf:
    case LibFunc_cos:
    case LibFunc_cosf:
    case LibFunc_tan:
    case LibFunc_tanf:
    case LibFunc_atan:
    case LibFunc_atan2:
    case LibFunc_exp:
    case LibFunc_expf:
    case LibFunc_exp2:
    case LibFunc_log:
    case LibFunc_logf:
    case LibFunc_log2:
    case LibFunc_log10:
    case LibFunc_pow:
    case LibFunc_powf:
    case LibFunc_sqrt:
    case LibFunc_sqrtf:
    case LibFunc_fmod:
    case LibFunc_fabs:
    case LibFunc_floor:
    case LibFunc_ceil:
    case LibFunc_strlen:
    case LibFunc_strcmp:
    case LibFunc_strncmp:
    case LibFunc_strchr:
    case LibFunc_strrchr:
    case LibFunc_memchr:
    case LibFunc_memcmp:
    case LibFunc_bcmp:
    case LibFunc_memcpy:
    case LibFunc_memmove:
    case LibFunc_memset: return true;
    default: return false;
  }
}

// What another definition that the linker may take instead would do as well (condition 5).
bool isSummarised(const Function& function) {
  return !function.isDeclaration() && !function.isInterposable() && !function.isPresplitCoroutine();
}

// Whether the language promises that each loop ends, if it does nothing that others can notice.
bool mustLoopsEnd(Function& function) {
  if (function.mustProgress()) return true;
  const DominatorTree dominators(function);
  const LoopInfo loops(dominators);
  const ReversePostOrderTraversal<Function*> blocks(&function);
  return all_of(loops.getLoopsInPreorder(), [](const Loop* loop) { return hasMustProgress(loop); }) &&
         !containsIrreducibleCFG<const BasicBlock*>(blocks, loops);
}

}  // namespace

QuietCalls::QuietCalls(Module& module, LibraryOf libraryOf) {
  if (!summarySwitch) return;
  findQuiet(module, libraryOf);
  findReturning(module);
}

// Every summarised function is assumed quiet until one of its instructions says otherwise; then its callers are not.
void QuietCalls::findQuiet(Module& module, LibraryOf libraryOf) {
  for (Function& function : module)
    if (isSummarised(function)) quiet_.insert(&function);
  DenseMap<const Function*, SmallVector<const Function*, 4>> callersOf;
  SmallVector<const Function*, 32> loud;
  for (Function& function : module) {
    if (!quiet_.contains(&function)) continue;
    const TargetLibraryInfo& library = libraryOf(function);
    for (Instruction& each : instructions(function)) {
      auto* call = dyn_cast<CallBase>(&each);
      if (!isQuiet(each, library)) {
        loud.push_back(&function);
        break;
      }
      if (call && call->getCalledFunction()) callersOf[call->getCalledFunction()].push_back(&function);
    }
  }
  while (!loud.empty()) {
    const Function* function = loud.pop_back_val();
    if (!quiet_.erase(function)) continue;
    if (auto callers = callersOf.find(function); callers != callersOf.end()) append_range(loud, callers->second);
  }
  NumQuiet += quiet_.size();
}

// No function is assumed to return until all that it calls are known to: who calls itself is not among them.
void QuietCalls::findReturning(Module& module) {
  SmallVector<Function*, 32> open;
  for (Function& function : module)
    if (quiet_.contains(&function) && !function.willReturn() && mustLoopsEnd(function)) open.push_back(&function);
  for (size_t before = open.size() + 1; open.size() < before;) {
    before = open.size();
    erase_if(open,
             [this](Function* function) { return surelyReturns(*function) && returning_.insert(function).second; });
  }
  NumReturning += returning_.size();
}

bool QuietCalls::surelyReturns(const Function& function) const {
  return all_of(instructions(function),
                [this](const Instruction& each) { return isa<ReturnInst>(each) || surelyContinues(each); });
}

bool QuietCalls::isQuiet(const Instruction& instruction, const TargetLibraryInfo& library) const {
  if (auto* call = dyn_cast<CallBase>(&instruction)) return isQuietCall(*call, library);
  return !instruction.isAtomic() && !instruction.isVolatile();
}

bool QuietCalls::isQuietCall(const CallBase& call, const TargetLibraryInfo& library) const {
  if (call.isInlineAsm() || isa<CallBrInst>(call)) return false;
  if (auto* memory = dyn_cast<MemIntrinsic>(&call)) return !memory->isVolatile();
  if (isa<DbgInfoIntrinsic>(call) || call.doesNotAccessMemory()) return !call.hasFnAttr(Attribute::ReturnsTwice);
  if (call.hasFnAttr(Attribute::NoSync) && call.hasFnAttr(Attribute::NoFree)) return true;
  const Function* callee = call.getCalledFunction();
  if (!callee) return false;
  if (quiet_.contains(callee)) return true;
  LibFunc id;
  return callee->isDeclaration() && library.getLibFunc(*callee, id) && library.has(id) && isHarmlessLibraryFunction(id);
}

bool QuietCalls::surelyContinues(const Instruction& instruction) const {
  if (isGuaranteedToTransferExecutionToSuccessor(&instruction)) return true;
  const auto* call = dyn_cast<CallInst>(&instruction);
  return call && call->getCalledFunction() && returning_.contains(call->getCalledFunction());
}

}  // namespace snag
