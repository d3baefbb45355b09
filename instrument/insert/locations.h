// Debug locations that name a line. The optimizer gives line 0 to instructions that it merged or moved; a report and a
// stack that say "line 0" are of no use, so they get the line of what is nearest.
#ifndef SNAG_INSTRUMENT_LOCATIONS_H
#define SNAG_INSTRUMENT_LOCATIONS_H

#include "access.h"

namespace snag {

// Gives each access, atomic operation, fence and call without a line, in a function with debug info, the first of:
//   1. the line of an instruction that uses the loaded value;
//   2. the line of the nearest instruction in the same block;
//   3. the line of the subprogram.
// 1 and 2 keep the instruction's own subprogram and inlining: what is inlined into it counts with its call's line.
// Changes nothing else, and must run before anything is inserted.
void repairLocations(const FunctionAccesses& found);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_LOCATIONS_H
