// The calling context word (probabilistic calling context): read once at a function's entry, written before each
// call as 3 * word + call site. There is no exit hook, so exceptions and longjmp need no repair.
#ifndef SNAG_INSTRUMENT_CALL_CONTEXT_H
#define SNAG_INSTRUMENT_CALL_CONTEXT_H

#include "llvm/IR/InstrTypes.h"

#include <vector>

namespace snag {

class HookTable;

class CallContext {
 public:
  // Inserts the load at the function's entry.
  CallContext(llvm::Function& function, const HookTable& hooks);

  // What hooks are given: three times the word as it was at entry, which is what calls need too, so that only one of
  // the two is kept in a register. Dominates every place where a hook may be called.
  llvm::Value* word() const { return word_; }

  void storeBeforeCalls(const std::vector<llvm::CallBase*>& calls) const;

 private:
  uint32_t siteNumber(unsigned index) const;

  llvm::Function& function_;
  const HookTable& hooks_;
  llvm::Value* entry_;
  llvm::Value* word_;
};

}  // namespace snag

#endif  // SNAG_INSTRUMENT_CALL_CONTEXT_H
