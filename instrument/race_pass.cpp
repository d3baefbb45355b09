#include "race_pass.h"

#include "analysis/call_outs.h"
#include "analysis/constant_memory.h"
#include "analysis/escape.h"
#include "analysis/field_groups.h"
#include "analysis/loop_ranges.h"
#include "analysis/quiet_calls.h"
#include "analysis/redundancy.h"
#include "analysis/rmw.h"
#include "collect.h"
#include "insert/access_inserter.h"
#include "insert/atomic_inserter.h"
#include "insert/call_context.h"
#include "insert/hook_table.h"
#include "insert/locations.h"
#include "insert/loop_operands.h"
#include "insert/module_constructor.h"
#include "insert/site_table.h"
#include "llvm_compat.h"
#include "repair_library.h"
#include "speculation_guard.h"

#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"

using namespace llvm;

namespace snag {
namespace {

// Left on every function that was seen, so that a second run of the pass (LTO) does not check it twice.
constexpr StringLiteral kDone = "snag";

bool isInstrumentable(const Function& function) {
  return !function.isDeclaration() && !function.hasAvailableExternallyLinkage() && !function.hasFnAttribute(kDone) &&
         !function.hasFnAttribute(Attribute::Naked) &&
         !function.hasFnAttribute(Attribute::DisableSanitizerInstrumentation) && !function.isPresplitCoroutine() &&
         !function.getName().starts_with("__snag_");
}

// What the functions of one module share while they are instrumented.
struct ModuleParts {
  const QuietCalls& quietCalls;
  const HookTable& hooks;
  SiteTable& sites;
};

void prune(Function& function, FunctionAccesses& found, const QuietCalls& quietCalls,
           FunctionAnalysisManager& analyses) {
  const auto& library = analyses.getResult<TargetLibraryAnalysis>(function);
  dropUnescapedAccesses(found);
  dropConstantMemoryAccesses(found);
  mergeReadModifyWrites(found);
  dropRedundantAccesses(function, found, quietCalls, library);
  findLoopRanges(function, found, quietCalls, analyses);
  chooseCallOuts(function, found, analyses);
  groupFields(function, found, quietCalls, library);
}

// The function is changed only here.
void insert(Function& function, const FunctionAccesses& found, const HookTable& hooks, SiteTable& sites) {
  CallContext context(function, hooks);
  AccessInserter inserter(hooks, context, sites);
  for (const AccessGroup& group : found.groups) inserter.insert(group);
  for (const Access& access : found.accesses)
    if (!access.dropped && !access.isGrouped && !access.isMoved) inserter.insert(access);
  for (const LoopRun& run : found.runs) inserter.insert(*run.access);
  insertAtomics(found.atomics, hooks, context, sites);
  for (const Fence& fence : found.fences) insertFence(fence, hooks);
  context.storeBeforeCalls(found.calls);
}

// Every stack shows this function while something that it called reports: it has a frame, and leaves it to no callee.
void keepFrames(Function& function, const FunctionAccesses& found) {
  function.addFnAttr("frame-pointer", "all");
  for (CallBase* callBase : found.calls)
    if (auto* call = dyn_cast<CallInst>(callBase); call && !call->isMustTailCall())
      call->setTailCallKind(CallInst::TCK_NoTail);
}

// Once for the module: a look at one function visits the whole module's debug info.
void verify([[maybe_unused]] const Module& module) {
#ifndef NDEBUG
  if (verifyModule(module, &errs())) report_fatal_error("snag: instrumentation broke the module");
#endif
}

// True if the function was changed.
bool instrument(Function& function, FunctionAnalysisManager& analyses, const ModuleParts& parts) {
  FunctionAccesses found = collect(function, analyses.getResult<TargetLibraryAnalysis>(function));
  function.addFnAttr(kDone);
  if (found.empty()) return false;
  prune(function, found, parts.quietCalls, analyses);
  repairLocations(found);
  keepFrames(function, found);
  insertLoopOperands(function, found, analyses);
  insert(function, found, parts.hooks, parts.sites);
  return true;
}

void registerPass(PassBuilder& builder) {
  builder.registerPipelineStartEPCallback([](ModulePassManager& passes, OptimizationLevel) {
    passes.addPass(RepairLibraryPass());
    passes.addPass(GuardSpeculationPass());
  });
  compat::atOptimizerEnd(builder, [](ModulePassManager& passes) { passes.addPass(RacePass()); });
  builder.registerPipelineParsingCallback(
      [](StringRef name, ModulePassManager& passes, ArrayRef<PassBuilder::PipelineElement>) {
        if (name != "snag") return false;
        passes.addPass(RacePass());
        return true;
      });
}

}  // namespace

PreservedAnalyses RacePass::run(Module& module, ModuleAnalysisManager& analyses) {
  removeSpeculationGuards(module);
  auto& functionAnalyses = analyses.getResult<FunctionAnalysisManagerModuleProxy>(module).getManager();
  std::vector<Function*> functions;
  for (Function& function : module)
    if (isInstrumentable(function)) functions.push_back(&function);
  if (functions.empty()) return PreservedAnalyses::all();

  auto libraryOf = [&](Function& function) -> const TargetLibraryInfo& {
    return functionAnalyses.getResult<TargetLibraryAnalysis>(function);
  };
  QuietCalls quietCalls(module, libraryOf);
  HookTable hooks(module);
  SiteTable sites(module);
  ModuleParts parts{quietCalls, hooks, sites};
  bool changed = false;
  for (Function* function : functions) changed |= instrument(*function, functionAnalyses, parts);
  if (changed) addModuleConstructor(module, hooks);
  verify(module);
  return PreservedAnalyses::none();
}

}  // namespace snag

// Found by name in snag_pass_impl.so by the shim, after it has checked the compiler's version.
#pragma clang diagnostic ignored "-Wreturn-type-c-linkage"
extern "C" __attribute__((visibility("default"))) PassPluginLibraryInfo snagPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "snag", "1", snag::registerPass};
}
