// The C++ library's own mistakes. Code of its headers is compiled, and checked, with the program.
#ifndef SNAG_INSTRUMENT_REPAIR_LIBRARY_H
#define SNAG_INSTRUMENT_REPAIR_LIBRARY_H

#include "llvm/IR/PassManager.h"

namespace snag {

// libstdc++ 12's std::atomic<std::shared_ptr> gives its lock back with the caller's order or a relaxed one, so that a
// load and a later store of another thread are unordered inside the library (later versions release). The order becomes
// seq_cst, which is the same instruction on x86-64. Runs before anything is inlined, while the functions have their
// names.
class RepairLibraryPass : public llvm::PassInfoMixin<RepairLibraryPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Module& module, llvm::ModuleAnalysisManager& analyses);
  static bool isRequired() { return true; }
};

}  // namespace snag

#endif  // SNAG_INSTRUMENT_REPAIR_LIBRARY_H
