// Stacks by unwind tables, with the unwinder of the C++ library if the program has one loaded.
#ifndef SNAG_PLATFORM_LINUX_UNWIND_H
#define SNAG_PLATFORM_LINUX_UNWIND_H

#include <stddef.h>
#include <stdint.h>

namespace snag::platform {

// At start-up: looks for the unwinder.
void findUnwinder();

// Return addresses of the calling thread from the one that equals `pc` on, innermost first. 0, with `out` as it was, if
// there is no unwinder or no such address.
size_t unwindStack(uintptr_t pc, uintptr_t* out, size_t capacity);

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_LINUX_UNWIND_H
