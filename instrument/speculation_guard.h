// Keeps the optimizer from inventing accesses: what the pass sees at the end is what the program asked for.
//
// For one thread it is harmless to read a variable before it is known whether the value is wanted, or to read a few
// bytes more than that. Checked as accesses of the program, such reads are races with whoever writes there rightly.
// LLVM leaves most of them out of functions that carry the attribute of ThreadSanitizer
// (llvm::mustSuppressSpeculation). Loop-invariant code motion does not: it reads a variable before a loop that may not
// touch it, and writes it back after the loop. That part of it is switched off for the whole compilation, by the same
// option as `-mllvm -disable-licm-promotion`; whoever gives that option themselves has their way.
#ifndef SNAG_INSTRUMENT_SPECULATION_GUARD_H
#define SNAG_INSTRUMENT_SPECULATION_GUARD_H

#include "llvm/IR/PassManager.h"

namespace snag {

// At the start of the pipeline: marks every function that will be checked. If there is none, nothing changes.
class GuardSpeculationPass : public llvm::PassInfoMixin<GuardSpeculationPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Module& module, llvm::ModuleAnalysisManager& analyses);
  static bool isRequired() { return true; }
};

// At its end: takes the marks away again, so that a function is not mistaken for one that ThreadSanitizer checks.
void removeSpeculationGuards(llvm::Module& module);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_SPECULATION_GUARD_H
