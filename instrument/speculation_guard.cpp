#include "speculation_guard.h"

#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"

using namespace llvm;

namespace snag {
namespace {

constexpr StringLiteral kGuarded = "snag-guarded";

bool isToBeGuarded(const Function& function) {
  return !function.isDeclaration() && !function.hasFnAttribute(Attribute::SanitizeThread) &&
         !function.hasFnAttribute(Attribute::Naked) &&
         !function.hasFnAttribute(Attribute::DisableSanitizerInstrumentation);
}

// The option is a plain flag, the same in LLVM 19 and 22. A linker may compile several modules at once: hence the flag
// is only ever set, and no module takes it back while another is being optimized.
void keepVariablesInLoops() {
  auto& options = cl::getRegisteredOptions();
  const auto found = options.find("disable-licm-promotion");
  if (found == options.end() || found->second->getNumOccurrences() != 0) return;
  static_cast<cl::opt<bool>*>(found->second)->setValue(true);
}

}  // namespace

PreservedAnalyses GuardSpeculationPass::run(Module& module, ModuleAnalysisManager&) {
  bool isAnyGuarded = false;
  for (Function& function : module) {
    if (!isToBeGuarded(function)) continue;
    function.addFnAttr(Attribute::SanitizeThread);
    function.addFnAttr(kGuarded);
    isAnyGuarded = true;
  }
  if (isAnyGuarded) keepVariablesInLoops();
  return PreservedAnalyses::all();  // no instruction has changed
}

void removeSpeculationGuards(Module& module) {
  for (Function& function : module) {
    if (!function.hasFnAttribute(kGuarded)) continue;
    function.removeFnAttr(Attribute::SanitizeThread);
    function.removeFnAttr(kGuarded);
  }
}

}  // namespace snag
