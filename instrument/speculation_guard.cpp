#include "speculation_guard.h"

#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace snag {
namespace {

constexpr StringLiteral kGuarded = "snag-guarded";

bool isToBeGuarded(const Function& function) {
  return !function.isDeclaration() && !function.hasFnAttribute(Attribute::SanitizeThread) &&
         !function.hasFnAttribute(Attribute::Naked) &&
         !function.hasFnAttribute(Attribute::DisableSanitizerInstrumentation);
}

}  // namespace

PreservedAnalyses GuardSpeculationPass::run(Module& module, ModuleAnalysisManager&) {
  for (Function& function : module) {
    if (!isToBeGuarded(function)) continue;
    function.addFnAttr(Attribute::SanitizeThread);
    function.addFnAttr(kGuarded);
  }
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
