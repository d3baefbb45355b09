// Which accesses are tested where they happen, and which call a hook that makes the test.
//
// The inline test is the faster and the longer: some seventy bytes of code against twenty. It pays where code runs
// often. An access calls out if
//  1. its function is not optimised (optnone, optsize, minsize) or marked cold; or
//  2. its block runs hardly more often than the function's entry, or much less often than the function's hottest; or
//  3. the function has enough inline tests in blocks that are as hot (-snag-most-inline).
// An access that calls out keeps its check: this decides about speed and size, never about what is found.
#ifndef SNAG_INSTRUMENT_ANALYSIS_CALL_OUTS_H
#define SNAG_INSTRUMENT_ANALYSIS_CALL_OUTS_H

#include "llvm/IR/PassManager.h"

namespace snag {

struct FunctionAccesses;

// Switch: -snag-call-outs.
void chooseCallOuts(llvm::Function& function, FunctionAccesses& found, llvm::FunctionAnalysisManager& analyses);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ANALYSIS_CALL_OUTS_H
