// The large ranges that reserve and reserveAt took: Snag's own, never the program's.
#ifndef SNAG_PLATFORM_LINUX_RESERVED_RANGES_H
#define SNAG_PLATFORM_LINUX_RESERVED_RANGES_H

#include "platform/platform.h"

namespace snag::platform {

// False if there is no room for one more.
bool rememberReservedRange(uintptr_t start, uintptr_t end);

// The remembered range that begins there, if there is one, may become the program's.
void forgetReservedRange(uintptr_t start);

// Calls visit for the parts of [start, end) outside all remembered ranges.
void visitUnreserved(uintptr_t start, uintptr_t end, RangeVisitor visit, void* argument);

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_LINUX_RESERVED_RANGES_H
