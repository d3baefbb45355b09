// The access that looks like one before: of a word whose like the open segment has met, at a place that the thread's
// log has just been told of. What an instrumented program's first accesses after a release mostly are.
//
// Inline, in front of the hooks, because a call into the detector and back would cost more than the work. Calls
// nothing.
#ifndef SNAG_CORE_QUICK_ACCESS_H
#define SNAG_CORE_QUICK_ACCESS_H

#include "core/word_rules.h"

namespace snag {

// size bytes at address are read, or written, at that site. The thread is not inside the detector. False, and nothing
// done, if Detector::accessWord must see to it.
template <uint32_t size, bool isWrite>
SNAG_ALWAYS_INLINE bool quickAccess(DetectorImpl& detector, ThreadState& thread, const SnagSite* site, uint64_t context,
                                    uintptr_t address) {
  const size_t offset = address % kCellBytes;
  const SegmentId own = thread.segment.load(std::memory_order_relaxed);
  if (offset + size > kCellBytes || own == kNoSegment || thread.ignoreDepth != 0 || !detector.aliases.empty() ||
      !detector.shadowed.contains(address))
    return false;
  const ByteMask bytes = byteMask(offset, size);
  Inside::step(thread);
  bool isDone = false;
  if (SNAG_LIKELY(!detector.gateClosed.load(std::memory_order_acquire))) {
    const SeenWord seen = detector.see(detector.cell(address));
    const WordRules rules{detector, thread, own, isWrite};
    ShadowWord next;
    isDone = thread.transitions.find(seen.word, bytes, isWrite, detector.segments.generation(), &next) &&
             DetectorImpl::logQuickly(thread, site, context, address, size) && rules.publish(seen, next);
  }
  Inside::pause(thread);
  thread.counts.checks += isDone;
  thread.counts.remembered += isDone;
  return isDone;
}

}  // namespace snag

#endif  // SNAG_CORE_QUICK_ACCESS_H
