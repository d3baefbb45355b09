// Accesses that a loop surely makes, to one place or, in a counted loop, to neighbouring ones, are checked before the
// loop: one check of the place, or one range check of all elements.
//
// An access is moved in front of its loop if
//  1. every instruction of the loop is quiet (quiet_calls.h) and surely goes on: all rounds belong to one segment, and
//     nothing leaves the loop by throwing or exiting;
//  2. the language promises that the loops inside end (quiet_calls.h, 6);
//  3. the access' block is part of every round, and comes before every exit;
//  4. its address is the same in every round; or the rounds can be counted before the loop, whose only exit is at the
//     end of a round, and the address moves on by a constant step: by its own size, up or down, so that no byte is
//     checked that is not accessed. The copies of an access in an unrolled loop (same line and column) count as one if
//     together they fill the step.
// The range check knows the element's size from the site, so that a report tells which element raced.
#ifndef SNAG_INSTRUMENT_ANALYSIS_LOOP_RANGES_H
#define SNAG_INSTRUMENT_ANALYSIS_LOOP_RANGES_H

#include "llvm/IR/PassManager.h"

namespace snag {

struct FunctionAccesses;
class QuietCalls;

// Switch: -snag-loop-ranges.
void findLoopRanges(llvm::Function& function, FunctionAccesses& found, const QuietCalls& quietCalls,
                    llvm::FunctionAnalysisManager& analyses);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ANALYSIS_LOOP_RANGES_H
