// An access cut into the shadow words that it touches.
#ifndef SNAG_CORE_WORD_RANGE_H
#define SNAG_CORE_WORD_RANGE_H

#include "core/shadow_word.h"

namespace snag {

// Calls visit(address of the word's first byte, bytes of it that are touched) in order of address. size > 0; no
// wrap-around.
template <typename Visit>
inline void forEachWord(uintptr_t start, size_t size, Visit&& visit) {
  const uintptr_t end = start + size;
  for (uintptr_t address = start; address < end;) {
    const size_t offset = address % kCellBytes;
    const size_t bytes = end - address < kCellBytes - offset ? end - address : kCellBytes - offset;
    visit(address - offset, byteMask(offset, bytes));
    address += bytes;
  }
}

}  // namespace snag

#endif  // SNAG_CORE_WORD_RANGE_H
