// A thread's memory of the ranges that its open segment has checked.
//
// Who accesses the same bytes again in the same segment finds nothing new: whatever another thread did to them in
// between, unordered after the first access, was found when that thread did it. So a loop that goes over the same rows
// again and again need not look at their shadow each time.
#ifndef SNAG_CORE_RANGE_MEMO_H
#define SNAG_CORE_RANGE_MEMO_H

#include "core/arena.h"
#include "core/types.h"

namespace snag {

class RangeMemo {
 public:
  static constexpr size_t kSmallest = 64;  // bytes; less is looked at as quickly

  RangeMemo() = default;
  ~RangeMemo() {
    if (entries_ != nullptr) arena().deallocate(entries_, kEntries * sizeof(Entry));
  }
  RangeMemo(const RangeMemo&) = delete;
  RangeMemo& operator=(const RangeMemo&) = delete;

  // `epoch` is that of the open segment. `forgets` counts how often memory lost its history: an answer holds while it
  // stays the same.
  bool covers(uintptr_t start, size_t size, bool isWrite, Epoch epoch, uint32_t forgets) const {
    if (entries_ == nullptr) return false;
    const Entry& entry = entries_[indexOf(start)];
    return entry.start == start && entry.stamp == stampOf(epoch, forgets) && size <= entry.size &&
           (entry.isWrite || !isWrite);
  }
  void remember(uintptr_t start, size_t size, bool isWrite, Epoch epoch, uint32_t forgets) {
    if (entries_ == nullptr) makeEntries();
    entries_[indexOf(start)] = {start, stampOf(epoch, forgets), size, isWrite};
  }

 private:
  static constexpr size_t kEntries = 1024;
  struct Entry {
    uintptr_t start = 0;
    uint64_t stamp = 0;  // no segment's: epochs begin with 1
    uint64_t size : 63 = 0;
    uint64_t isWrite : 1 = 0;
  };
  __attribute__((noinline)) void makeEntries() {
    entries_ = static_cast<Entry*>(arena().allocate(kEntries * sizeof(Entry)));
    for (size_t i = 0; i < kEntries; ++i) entries_[i] = {};
  }
  static uint64_t stampOf(Epoch epoch, uint32_t forgets) { return uint64_t{raw(epoch)} << 32 | forgets; }
  static size_t indexOf(uintptr_t start) { return ((start >> 3) * 0x9e37'79b9'7f4a'7c15) >> 54; }

  Entry* entries_ = nullptr;  // made when first needed
};

}  // namespace snag

#endif  // SNAG_CORE_RANGE_MEMO_H
