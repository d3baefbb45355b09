// The table of functions that a static link fills, made by tools/cmake/static_runtime.py.
#ifndef SNAG_PLATFORM_LINUX_STATIC_LINKED_FUNCTIONS_H
#define SNAG_PLATFORM_LINUX_STATIC_LINKED_FUNCTIONS_H

namespace snag::platform {

// Null if the table does not have it, or if no library in the link has.
void* linkedFunction(const char* name);

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_LINUX_STATIC_LINKED_FUNCTIONS_H
