// Read-modify-writes: a store whose value depends on a load of the same address.
//
// Load and store become one check of kind READ | WRITE in front of the load if
//  1. both are plain accesses of the same size to surely the same address (same_address.h), in one block, and
//  2. the stored value is computed from the loaded one, and
//  3. nothing between them can synchronise, end the function or run unknown code: then both belong to one segment, the
//     store surely follows, and a write check finds every race that the read check would find.
// Where only 3 fails, or the store is in another block, both keep their checks and the store's site is marked
// SNAG_SITE_PART_OF_RMW.
#ifndef SNAG_INSTRUMENT_ANALYSIS_RMW_H
#define SNAG_INSTRUMENT_ANALYSIS_RMW_H

namespace snag {

struct FunctionAccesses;

// Switch: -snag-rmw.
void mergeReadModifyWrites(FunctionAccesses& found);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ANALYSIS_RMW_H
