// A weak reference to each function that the runtime looks up: what the program's libraries do not have is null.
#include <stddef.h>

#include "platform/linux/static/linked_functions.h"

extern "C" {
struct SnagLinkedFunction {
  const char* name;
  void* function;
};
extern const SnagLinkedFunction snagLinkedFunctions[];
extern const size_t snagLinkedFunctionCount;
extern const char __ehdr_start __attribute__((visibility("hidden")));  // by the linker: where the program lies
}

namespace snag::platform {
namespace {

// No libc function: this runs before anything else does.
int compare(const char* a, const char* b) {
  while (*a != 0 && *a == *b) ++a, ++b;
  return static_cast<unsigned char>(*a) - static_cast<unsigned char>(*b);
}

// What no library has is 0 in the program's file, which is its beginning once a static PIE has been moved.
void* foundOrNull(void* function) { return function != &__ehdr_start ? function : nullptr; }

}  // namespace

// The table is sorted by name.
void* linkedFunction(const char* name) {
  size_t first = 0, end = snagLinkedFunctionCount;
  while (first < end) {
    const size_t middle = (first + end) / 2;
    const int order = compare(snagLinkedFunctions[middle].name, name);
    if (order == 0) return foundOrNull(snagLinkedFunctions[middle].function);
    (order < 0 ? first : end) = order < 0 ? middle + 1 : middle;
  }
  return nullptr;
}

}  // namespace snag::platform
