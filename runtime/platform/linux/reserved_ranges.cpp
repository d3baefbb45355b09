#include "platform/linux/reserved_ranges.h"

namespace snag::platform {
namespace {

struct Range {
  uintptr_t start, end;
};
constexpr size_t kMaxRanges = 8;

Range ranges[kMaxRanges];  // written at start-up only
size_t rangeCount = 0;

}  // namespace

void rememberReservedRange(uintptr_t start, uintptr_t end) {
  if (rangeCount == kMaxRanges) fatal("too many reserved ranges");
  ranges[rangeCount++] = {start, end};
}

void visitUnreserved(uintptr_t start, uintptr_t end, RangeVisitor visit, void* argument) {
  for (size_t i = 0; i < rangeCount && start < end; ++i) {
    const Range& range = ranges[i];
    if (range.end <= start || end <= range.start) continue;
    if (start < range.start) visitUnreserved(start, range.start, visit, argument);
    start = range.end;
  }
  if (start < end) visit(argument, start, end);
}

}  // namespace snag::platform
