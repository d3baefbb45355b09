// The module pass: collect, prune, insert, for every function; then the module's constructor.
#ifndef SNAG_INSTRUMENT_RACE_PASS_H
#define SNAG_INSTRUMENT_RACE_PASS_H

#include "llvm/IR/PassManager.h"

namespace snag {

class RacePass : public llvm::PassInfoMixin<RacePass> {
 public:
  llvm::PreservedAnalyses run(llvm::Module& module, llvm::ModuleAnalysisManager& analyses);
  static bool isRequired() { return true; }
};

}  // namespace snag

#endif  // SNAG_INSTRUMENT_RACE_PASS_H
