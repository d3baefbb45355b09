// Reads of memory that nobody writes while threads run. A read needs no check if its address lies in
//  1. a global constant, or
//  2. a vtable (its address was loaded from an object's vtable pointer), or
//  3. a global with local linkage whose address is only used to load from it, in the whole module.
#ifndef SNAG_INSTRUMENT_ANALYSIS_CONSTANT_MEMORY_H
#define SNAG_INSTRUMENT_ANALYSIS_CONSTANT_MEMORY_H

namespace snag {

struct FunctionAccesses;

// Switch: -snag-constant-memory.
void dropConstantMemoryAccesses(FunctionAccesses& found);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ANALYSIS_CONSTANT_MEMORY_H
