#include "platform/linux/reserved_ranges.h"

#include <atomic>

namespace snag::platform {
namespace {

// Empty while end is 0. `start` is written by the one who has claimed the slot, before `end`.
struct Range {
  std::atomic<uintptr_t> start, end;
  std::atomic<bool> claimed;
};
constexpr size_t kMaxRanges = 64;

constinit Range ranges[kMaxRanges];

}  // namespace

bool rememberReservedRange(uintptr_t start, uintptr_t end) {
  for (Range& range : ranges) {
    if (range.claimed.exchange(true, std::memory_order_acquire)) continue;
    range.start.store(start, std::memory_order_relaxed);
    range.end.store(end, std::memory_order_release);
    return true;
  }
  return false;
}

void forgetReservedRange(uintptr_t start) {
  for (Range& range : ranges) {
    if (range.end.load(std::memory_order_acquire) == 0 || range.start.load(std::memory_order_relaxed) != start)
      continue;
    range.end.store(0, std::memory_order_relaxed);
    range.claimed.store(false, std::memory_order_release);
    return;
  }
}

void visitUnreserved(uintptr_t start, uintptr_t end, RangeVisitor visit, void* argument) {
  for (size_t i = 0; i < kMaxRanges && start < end; ++i) {
    const uintptr_t reservedEnd = ranges[i].end.load(std::memory_order_acquire);
    const uintptr_t reservedStart = ranges[i].start.load(std::memory_order_relaxed);
    if (reservedEnd <= start || end <= reservedStart) continue;
    if (start < reservedStart) visitUnreserved(start, reservedStart, visit, argument);
    start = reservedEnd;
  }
  if (start < end) visit(argument, start, end);
}

}  // namespace snag::platform
