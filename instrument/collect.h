// The first verb: find every access, atomic operation, fence and call of a function. Changes nothing.
#ifndef SNAG_INSTRUMENT_COLLECT_H
#define SNAG_INSTRUMENT_COLLECT_H

#include "access.h"

namespace llvm {
class Function;
class TargetLibraryInfo;
}  // namespace llvm

namespace snag {

FunctionAccesses collect(llvm::Function& function, const llvm::TargetLibraryInfo& library);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_COLLECT_H
