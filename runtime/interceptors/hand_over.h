// A library packs something up on this thread for another one: an event that will call a function there. The block that
// it allocates stands for it. What the thread did before is released to the block's address; whoever unpacks it
// acquires that. What the library then copies into it through the program's constructors comes too late for that, and
// has no history.
#ifndef SNAG_INTERCEPTORS_HAND_OVER_H
#define SNAG_INTERCEPTORS_HAND_OVER_H

#include <stddef.h>

#include "core/types.h"

namespace snag {

struct ThreadState;

// Of the calling thread.
struct HandOver {
  static constexpr size_t kMost = 8;
  unsigned depth = 0;            // > 0: blocks that others than the program allocate are handed over
  bool copies = false;           // the program's constructors are filling one: nothing is checked
  bool mayCopy = true;           // false where the library may also call the program's functions at once
  size_t count = 0;              // of blocks handed over since the depth was 0
  uintptr_t blocks[kMost] = {};  // the last of them
};
inline constinit thread_local HandOver handOver;

// For heap.cpp, while depth > 0. Whether a block that is handed out is to have no history.
bool isCopyForHandOver(const Place& place);
// The block was handed out, and is known to the detector. Does nothing if the program asked for it.
void noteHandedOver(ThreadState& thread, const Place& place, uintptr_t start);
// The copies are done, or something else than copying begins.
void endCopies();

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_HAND_OVER_H
