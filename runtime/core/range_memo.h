// A thread's memory of the ranges that its open segment has checked.
//
// Who accesses the same bytes again in the same segment finds nothing new: whatever another thread did to them in
// between, unordered after the first access, was found when that thread did it. So a loop that goes over the same rows
// again and again need not look at their shadow each time.
#ifndef SNAG_CORE_RANGE_MEMO_H
#define SNAG_CORE_RANGE_MEMO_H

#include <algorithm>

#include "core/address_layout.h"
#include "core/arena.h"
#include "core/types.h"

namespace snag {

class RangeMemo {
 public:
  RangeMemo() = default;
  ~RangeMemo() { arena().deallocate(entries_, count_ * sizeof(Entry)); }
  RangeMemo(const RangeMemo&) = delete;
  RangeMemo& operator=(const RangeMemo&) = delete;

  // The part of the range that has been checked, as far as this is remembered; empty, at the range's end, if nothing
  // is. `epoch` is that of the open segment. `forgets` counts how often memory lost its history, and how often a
  // segment of the thread went on after another one: an answer holds while it stays the same.
  AddressRange known(AddressRange range, bool isWrite, Epoch epoch, uint32_t forgets) const {
    if (entries_ == nullptr) return {range.end, range.end};
    const Entry& entry = entries_[indexOf(range.start)];
    if (entry.stamp != stampOf(epoch, forgets) || !entry.range.overlaps(range) || (isWrite && !entry.isWrite))
      return {range.end, range.end};
    return {std::max(range.start, entry.range.start), std::min(range.end, entry.range.end)};
  }
  // The range has been checked now.
  void remember(AddressRange range, bool isWrite, Epoch epoch, uint32_t forgets) {
    if (entries_ == nullptr) enlarge();
    Entry* entry = &entries_[indexOf(range.start)];
    const bool holds = entry->stamp == stampOf(epoch, forgets), overlaps = entry->range.overlaps(range);
    if (holds && overlaps && entry->isWrite == isWrite) {
      entry->range = {std::min(range.start, entry->range.start), std::max(range.end, entry->range.end)};
      return;
    }
    if (holds && !overlaps && ++collisions_ > count_ && count_ < kMostEntries) {
      enlarge();
      entry = &entries_[indexOf(range.start)];
    }
    *entry = {range, stampOf(epoch, forgets), isWrite};
  }
  size_t entries() const { return count_; }

 private:
  // It starts small, because there may be many threads, and grows while answers that hold push each other out.
  static constexpr size_t kFewestEntries = 64, kMostEntries = 4096, kGrowth = 4;
  // Loops go over a[i - 1] and a[i + 1], too: ranges that begin beside each other share an entry, and are one if they
  // overlap.
  static constexpr unsigned kNeighbours = 6;  // begin in the same 2^6 bytes
  struct Entry {
    AddressRange range{0, 0};
    uint64_t stamp = 0;  // no segment's: epochs begin with 1
    bool isWrite = false;
  };
  __attribute__((noinline)) void enlarge() {
    arena().deallocate(entries_, count_ * sizeof(Entry));
    count_ = count_ == 0 ? kFewestEntries : count_ * kGrowth;
    collisions_ = 0;
    entries_ = static_cast<Entry*>(arena().allocate(count_ * sizeof(Entry)));
    for (size_t i = 0; i < count_; ++i) entries_[i] = {};
  }
  static uint64_t stampOf(Epoch epoch, uint32_t forgets) { return uint64_t{raw(epoch)} << 32 | forgets; }
  size_t indexOf(uintptr_t start) const {
    return ((start >> kNeighbours) * 0x9e37'79b9'7f4a'7c15) >> 40 & (count_ - 1);
  }

  Entry* entries_ = nullptr;
  size_t count_ = 0;  // a power of two
  size_t collisions_ = 0;
};

}  // namespace snag

#endif  // SNAG_CORE_RANGE_MEMO_H
