// An address as a base value and a constant distance from it.
#ifndef SNAG_INSTRUMENT_ANALYSIS_CONSTANT_OFFSET_H
#define SNAG_INSTRUMENT_ANALYSIS_CONSTANT_OFFSET_H

#include "llvm/ADT/APInt.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Value.h"

#include <optional>

namespace snag {

struct BaseAndOffset {
  llvm::Value* base;
  int64_t offset;
};

// Nothing for vectors of addresses and for distances no object has.
inline std::optional<BaseAndOffset> baseAndOffset(llvm::Value* address, const llvm::DataLayout& layout) {
  if (!address->getType()->isPointerTy()) return std::nullopt;
  llvm::APInt offset(layout.getIndexTypeSizeInBits(address->getType()), 0);
  llvm::Value* base = address->stripAndAccumulateConstantOffsets(layout, offset, true);
  if (offset.getSignificantBits() > 48) return std::nullopt;
  return BaseAndOffset{base, offset.getSExtValue()};
}

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ANALYSIS_CONSTANT_OFFSET_H
