// Accesses in front of the detector: to a word whose like the open segment has met, at a place that the thread's log
// has just been told of; or to one that the rules of word_rules.h decide. What an instrumented program's first accesses
// after a release are.
//
// Inline, in front of the hooks, because a call into the detector and back would cost more than the work. What rarely
// is otherwise is not asked: where there are aliases, no segment is open, or accesses are ignored, nothing is
// remembered that could be found here (SegmentTable::mayRemember, TransitionCache::close, ThreadState::ignoreAccesses);
// and closing the gate ends the generation of what was remembered before. The rules do ask.
#ifndef SNAG_CORE_QUICK_ACCESS_H
#define SNAG_CORE_QUICK_ACCESS_H

#include "core/word_rules.h"

namespace snag {

// How an access is decided: from answers, which is in vain unless TransitionCache::isInUse(), or else by the rules; by
// the rules, in the caller's frame; or, if it is to whole words, by the simplest of them only.
enum class QuickWay { Answers, Rules, WholeWords, Crowds };

// size bytes at address are read, or written, at that site. False, and nothing done, if Detector::accessWord must see
// to it, or the thread is inside the runtime; or if another way may do it.
template <uint32_t size, bool isWrite, QuickWay way = QuickWay::Answers>
SNAG_ALWAYS_INLINE bool quickAccess(DetectorImpl& detector, ThreadState& thread, const SnagSite* site, uint64_t context,
                                    uintptr_t address) {
  const size_t offset = address % kCellBytes;
  const bool isInWords =
      size <= kCellBytes ? offset + size <= kCellBytes : offset == 0 && detector.shadowed.contains(address + size - 1);
  if (SNAG_UNLIKELY(thread.isInRuntime()) || !isInWords || !detector.shadowed.contains(address)) return false;
  QuickStay::begin(thread);
  bool isDone = false;
  if constexpr (way == QuickWay::Answers) {
    const uint32_t generation = detector.segments.generation();
    const SeenWord seen = detector.see(detector.cell(address));
    const ShadowWord* const next =
        ShadowReadahead::mayBegin(address, seen.word)
            ? nullptr
            : thread.transitions.find(seen.word, TransitionCache::shapeOf(offset, size, isWrite), generation);
    isDone =
        (SNAG_LIKELY(next != nullptr) && SNAG_LIKELY(DetectorImpl::logQuickly(thread, site, context, address, size)) &&
         WordRules{detector, thread, kNoSegment, isWrite}.publish(seen, *next)) ||
        WordRules::decideQuickly<size, isWrite>(detector, thread, site, context, address);
  } else if constexpr (way == QuickWay::Rules) {
    isDone = WordRules::decideHere<size, isWrite>(detector, thread, site, context, address);
  } else if constexpr (way == QuickWay::Crowds) {
    isDone = WordRules::decideCrowd(detector, thread, site, context, address);
  } else {
    isDone = WordRules::decideWords<isWrite, true>(detector, thread, site, context, address, size);
  }
  if (isDone) ++thread.counts.checks;
  QuickStay::end(thread);
  return isDone;
}

// The same for a range of so few bytes that to publish each word takes no longer than to claim them (sweep_claims.h).
inline constexpr uint64_t kQuickRange = 32;
template <bool isWrite>
SNAG_ALWAYS_INLINE bool quickShortRange(DetectorImpl& detector, ThreadState& thread, const SnagSite* site,
                                        uint64_t context, uintptr_t address, uint32_t size) {
  if (SNAG_UNLIKELY(thread.isInRuntime()) || !detector.shadowed.contains(address) ||
      !detector.shadowed.contains(address + size - 1))
    return false;
  QuickStay::begin(thread);
  const bool isDone = WordRules::decideWords<isWrite, false>(detector, thread, site, context, address, size);
  if (isDone) ++thread.counts.checks;
  QuickStay::end(thread);
  return isDone;
}

}  // namespace snag

#endif  // SNAG_CORE_QUICK_ACCESS_H
