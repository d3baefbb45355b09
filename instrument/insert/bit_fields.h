// Which bits of a storage unit an access means: more than its first byte tells, if the source names a bit-field.
#ifndef SNAG_INSTRUMENT_BIT_FIELDS_H
#define SNAG_INSTRUMENT_BIT_FIELDS_H

#include "llvm/IR/Instructions.h"

#include <cstdint>

namespace snag {

// The lowest bit that a store can change, or that the users of a load look at; 0 where that is unknown.
uint64_t firstBit(const llvm::Instruction& access);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_BIT_FIELDS_H
