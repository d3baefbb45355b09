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
  ~RangeMemo() { arena().deallocate(entries_, count_ * sizeof(Entry)); }
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
    if (entries_ == nullptr) enlarge();
    Entry* entry = &entries_[indexOf(start)];
    const bool inTheWay = entry->stamp == stampOf(epoch, forgets) && entry->start != start;
    if (inTheWay && ++collisions_ > count_ && count_ < kMostEntries) {
      enlarge();
      entry = &entries_[indexOf(start)];
    }
    *entry = {start, stampOf(epoch, forgets), size, isWrite};
  }
  size_t entries() const { return count_; }

 private:
  // It starts small, because there may be many threads, and grows while answers that hold push each other out.
  static constexpr size_t kFewestEntries = 64, kMostEntries = 4096, kGrowth = 4;
  struct Entry {
    uintptr_t start = 0;
    uint64_t stamp = 0;  // no segment's: epochs begin with 1
    uint64_t size : 63 = 0;
    uint64_t isWrite : 1 = 0;
  };
  __attribute__((noinline)) void enlarge() {
    arena().deallocate(entries_, count_ * sizeof(Entry));
    count_ = count_ == 0 ? kFewestEntries : count_ * kGrowth;
    collisions_ = 0;
    entries_ = static_cast<Entry*>(arena().allocate(count_ * sizeof(Entry)));
    for (size_t i = 0; i < count_; ++i) entries_[i] = {};
  }
  static uint64_t stampOf(Epoch epoch, uint32_t forgets) { return uint64_t{raw(epoch)} << 32 | forgets; }
  size_t indexOf(uintptr_t start) const { return ((start >> 3) * 0x9e37'79b9'7f4a'7c15) >> 40 & (count_ - 1); }

  Entry* entries_ = nullptr;
  size_t count_ = 0;  // a power of two
  size_t collisions_ = 0;
};

}  // namespace snag

#endif  // SNAG_CORE_RANGE_MEMO_H
