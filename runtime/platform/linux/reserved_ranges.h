// The ranges that reserveAt took: Snag's own, never the program's.
#ifndef SNAG_PLATFORM_LINUX_RESERVED_RANGES_H
#define SNAG_PLATFORM_LINUX_RESERVED_RANGES_H

#include "platform/platform.h"

namespace snag::platform {

// Called at start-up only, while there is one thread.
void rememberReservedRange(uintptr_t start, uintptr_t end);

// Calls visit for the parts of [start, end) outside all remembered ranges.
void visitUnreserved(uintptr_t start, uintptr_t end, RangeVisitor visit, void* argument);

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_LINUX_RESERVED_RANGES_H
