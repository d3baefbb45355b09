// Accesses whose check another check of the same thread already makes.
//
// Two accesses of bytes that surely lie at the same address (same base value, constant offsets). One covers the other
// if all the other's bytes are among its own, and it is a write or the other is a read. A stretch of execution in which
// every instruction is quiet (quiet_calls.h) belongs to one segment; in it
//  1. the later is dropped if on every path to it, from the function's entry, an access that covers it is checked, and
//     nothing after that is not quiet: the shadow already names this segment for these bytes, or a conflicting access
//     came in between and was itself checked against it;
//  2. the earlier is dropped if on every path from it an access that covers it follows, and everything before that is
//     quiet: whatever raced with the earlier races with the later;
//  3. for 2, the later surely follows: no path leaves the function, throws, or goes round a loop before.
// The kept check has its own line and kind. If a store is known to be part of a read-modify-write (rmw.h) and its load
// is dropped by 2, nothing lies between them after all: the store's kind becomes READ | WRITE.
#ifndef SNAG_INSTRUMENT_ANALYSIS_REDUNDANCY_H
#define SNAG_INSTRUMENT_ANALYSIS_REDUNDANCY_H

namespace llvm {
class Function;
class TargetLibraryInfo;
}  // namespace llvm

namespace snag {

struct FunctionAccesses;
class QuietCalls;

// Switches: -snag-redundancy; -snag-redundancy-earlier=0 for condition 1 only.
void dropRedundantAccesses(llvm::Function& function, FunctionAccesses& found, const QuietCalls& quietCalls,
                           const llvm::TargetLibraryInfo& library);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ANALYSIS_REDUNDANCY_H
