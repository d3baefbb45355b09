// The atomic operation that the thread has done before and that would change nothing now: see atomic_memo.h.
//
// Inline, in front of the hooks, like quick_access.h. Calls nothing.
#ifndef SNAG_CORE_KNOWN_ATOMIC_H
#define SNAG_CORE_KNOWN_ATOMIC_H

#include "core/detector_impl.h"

namespace snag {

// False if the operation may have an effect. Else it has none if *known holds() once it has been done.
SNAG_ALWAYS_INLINE bool findKnownAtomic(const DetectorImpl& detector, const ThreadState& thread, uintptr_t address,
                                        size_t size, uint8_t effects, KnownAtomic* known) {
  const AtomicMemo::Counts* counts = thread.atomics.find(address, size, effects);
  if (size > kCellBytes || counts == nullptr || SNAG_UNLIKELY(!detector.aliases.empty())) return false;
  *known = {&detector.wordLocks.of(address), counts->changes, &detector.phases.changeCount(), counts->phaseChanges};
  return true;
}

// Only read-modify-writes: a load could have read what is overwritten when it is looked at, and would have to be
// repeated. And only those that release nothing.
SNAG_ALWAYS_INLINE bool mayBeKnownAtomic(AtomicOperation operation, MemoryOrder order) {
  return operation == AtomicOperation::Rmw && AtomicMemo::effectsOf(operation, order) != AtomicMemo::kNever;
}

// True if the operation may be done without the location's lock; leaveKnownAtomic, or Detector::atomicLeave, follows.
SNAG_ALWAYS_INLINE bool enterKnownAtomic(const DetectorImpl& detector, ThreadState& thread, const Place& place,
                                         uintptr_t address, size_t size, AtomicOperation operation, MemoryOrder order) {
  if (!mayBeKnownAtomic(operation, order)) return false;
  const uint8_t effects = AtomicMemo::effectsOf(operation, order);
  KnownAtomic known;
  if (!findKnownAtomic(detector, thread, address, size, effects, &known) || !known.holds()) return false;
  thread.knownAtomic = known;
  thread.knownEffects = effects;
  thread.atomicPlace = place;
  thread.isInKnownAtomic = true;
  return true;
}

// The operation is over. False, and nothing done, if Detector::atomicLeave must see to it: it has changed something
// after all, or is another one than was announced, as a compare-exchange that has failed.
SNAG_ALWAYS_INLINE bool leaveKnownAtomic(ThreadState& thread, AtomicOperation operation, MemoryOrder order) {
  if (!thread.isInKnownAtomic || (AtomicMemo::effectsOf(operation, order) & ~thread.knownEffects) != 0 ||
      !thread.knownAtomic.holds())
    return false;
  thread.isInKnownAtomic = false;
  return true;
}

}  // namespace snag

#endif  // SNAG_CORE_KNOWN_ATOMIC_H
