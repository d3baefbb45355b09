// Objects that no other thread can see.
//
// A local object (alloca, byval parameter) is private if, anywhere in its function,
//  1. its address is neither stored, returned, converted to an integer nor passed to a call, except
//  2. to memory intrinsics and to callees that are known not to keep it (nocapture) and not to synchronise (nosync):
//     a callee that may synchronise could show it to another thread while it runs.
// No other thread can then name its bytes, so its accesses need no check.
#ifndef SNAG_INSTRUMENT_ANALYSIS_ESCAPE_H
#define SNAG_INSTRUMENT_ANALYSIS_ESCAPE_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/Value.h"

namespace snag {

struct FunctionAccesses;

class PrivateObjects {
 public:
  // True if `address` surely points into a private object.
  bool contains(const llvm::Value* address);

 private:
  llvm::DenseMap<const llvm::Value*, bool> known_;
};

// Switch: -snag-escape.
void dropUnescapedAccesses(FunctionAccesses& found);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ANALYSIS_ESCAPE_H
