// A thread's memory of the crowds that its open segment has joined: it need not look again under their words' locks.
#ifndef SNAG_CORE_CROWD_MEMO_H
#define SNAG_CORE_CROWD_MEMO_H

#include "core/types.h"

namespace snag {

class CrowdMemo {
 public:
  // `generation` is the segment table's at present: ids mean the same while it does not change.
  bool holds(SegmentId crowd, uint32_t generation) const {
    bool found = false;
    for (const SegmentId id : ids_) found |= id == crowd;
    return found && generation_ == generation;
  }
  // `generation` is what it was before the thread found itself there. What a crowd has once taken in it keeps for as
  // long as the segment is open, whatever the thread learns meanwhile.
  void remember(SegmentId crowd, uint32_t generation) {
    if (generation_ != generation) forgetAll();
    generation_ = generation;
    ids_[next_++ % kEntries] = crowd;
  }
  // To be called when another segment is opened.
  void forgetAll() {
    for (SegmentId& id : ids_) id = kNoSegment;
  }

 private:
  static constexpr uint32_t kEntries = 8;
  SegmentId ids_[kEntries] = {};
  uint32_t generation_ = 0, next_ = 0;
};

}  // namespace snag

#endif  // SNAG_CORE_CROWD_MEMO_H
