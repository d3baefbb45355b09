// Where a hook with a `site` and a `context` was called from.
#ifndef SNAG_HOOKS_HERE_H
#define SNAG_HOOKS_HERE_H

#include "runtime.h"

#define SNAG_HERE                                                            \
  ::snag::Place {                                                            \
    site, context, reinterpret_cast<uintptr_t>(__builtin_return_address(0)), \
        reinterpret_cast<uintptr_t>(__builtin_frame_address(0))              \
  }

#endif  // SNAG_HOOKS_HERE_H
