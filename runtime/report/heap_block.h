// A block of the program's heap as reports need it.
#ifndef SNAG_REPORT_HEAP_BLOCK_H
#define SNAG_REPORT_HEAP_BLOCK_H

#include "core/types.h"

namespace snag {

struct HeapBlock {
  uintptr_t start = 0;
  size_t size = 0;  // as the program asked for it
  ContextId allocation = kNoContext;
  uint32_t thread = 0;  // number of the thread that allocated it
  bool freed = false;   // given back, and not handed out again since
};

// Fills in the block that contains `address`; false if none does. Callable from any thread.
using FindHeapBlock = bool (*)(uintptr_t address, HeapBlock* out);

}  // namespace snag

#endif  // SNAG_REPORT_HEAP_BLOCK_H
