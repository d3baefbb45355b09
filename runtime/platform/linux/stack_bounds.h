// The bounds of the calling thread's stack, so that walking it cannot leave it.
#ifndef SNAG_PLATFORM_LINUX_STACK_BOUNDS_H
#define SNAG_PLATFORM_LINUX_STACK_BOUNDS_H

#include <stdint.h>

namespace snag::platform {

struct StackBounds {
  uintptr_t start = 0;
  uintptr_t end = 0;  // exclusive; 0: not known yet
};

extern constinit thread_local StackBounds stackBounds;

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_LINUX_STACK_BOUNDS_H
