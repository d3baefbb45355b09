// A thread's memory of what sets of readers became when its open segment joined them.
//
// Words that are read by the same threads carry the same sets, so a thread that goes through a shared table after a
// release asks for the same few answers again and again. An answer holds until the thread opens another segment or
// learns of others' releases.
#ifndef SNAG_CORE_SURVIVOR_CACHE_H
#define SNAG_CORE_SURVIVOR_CACHE_H

#include "core/types.h"

namespace snag {

class SurvivorCache {
 public:
  // kNoSegment if it is not remembered. `generation` is the segment table's at present: ids mean the same while it does
  // not change.
  SegmentId find(SegmentId before, uint32_t generation) const {
    const Entry& entry = entries_[indexOf(before)];
    return entry.before == before && entry.round == round_ && entry.generation == generation ? entry.after : kNoSegment;
  }
  // `generation` is what it was before the answer was made.
  void remember(SegmentId before, SegmentId after, uint32_t generation) {
    entries_[indexOf(before)] = {before, after, generation, round_};
  }
  void forgetAll() { ++round_; }

 private:
  static constexpr size_t kEntries = 32;
  struct Entry {
    SegmentId before, after;
    uint32_t generation;
    uint64_t round;
  };
  static size_t indexOf(SegmentId id) { return (raw(id) * 0x9e37'79b9u) >> 27; }

  Entry entries_[kEntries] = {};
  uint64_t round_ = 1;
};

}  // namespace snag

#endif  // SNAG_CORE_SURVIVOR_CACHE_H
