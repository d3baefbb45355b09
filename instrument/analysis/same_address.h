// Do two pointers of one function surely hold the same address? Decided by structure: the same expression over the
// same values, where two loads count as the same value if nothing between them may have changed what they load.
// This is what -O0 code needs, which loads `s` from its stack slot again for each `s->n`.
#ifndef SNAG_INSTRUMENT_ANALYSIS_SAME_ADDRESS_H
#define SNAG_INSTRUMENT_ANALYSIS_SAME_ADDRESS_H

#include "analysis/escape.h"

#include "llvm/IR/Instructions.h"

namespace snag {

class SameAddress {
 public:
  explicit SameAddress(PrivateObjects& privateObjects) : privateObjects_(privateObjects) {}

  // `first` is computed before `second`.
  bool holds(const llvm::Value* first, const llvm::Value* second) { return equal(first, second, 0); }

  // The value that `load` reads from a private local slot, or null if it is not known.
  const llvm::Value* storedValue(const llvm::LoadInst& load);

 private:
  bool equal(const llvm::Value* first, const llvm::Value* second, unsigned depth);
  bool loadsAgree(const llvm::LoadInst& first, const llvm::LoadInst& second, unsigned depth);
  bool mayChange(const llvm::Instruction& instruction, const llvm::Value* slot);

  PrivateObjects& privateObjects_;
};

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ANALYSIS_SAME_ADDRESS_H
