// Computes, before a loop, what the checks in front of it need: addresses and sizes. The blocks stay as they are but
// for preheaders, so this comes before all other insertions.
#ifndef SNAG_INSTRUMENT_LOOP_OPERANDS_H
#define SNAG_INSTRUMENT_LOOP_OPERANDS_H

#include "access.h"

#include "llvm/IR/PassManager.h"

namespace snag {

void insertLoopOperands(llvm::Function& function, FunctionAccesses& found, llvm::FunctionAnalysisManager& analyses);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_LOOP_OPERANDS_H
