// The memory model's rules for an atomic operation on a location that shares its bytes with no other, under its word's
// lock. What most operations come to is inline and calls nothing that changes registers.
#ifndef SNAG_CORE_ATOMIC_RULES_H
#define SNAG_CORE_ATOMIC_RULES_H

#include "core/detector_impl.h"
#include "core/memory_order.h"

namespace snag {

// What is known of an operation when its effects are computed.
struct AtomicEvent {
  AtomicOperation operation;
  MemoryOrder order;
  bool isLate;  // it was done without the lock: what it has read may be overwritten by now
};

inline bool isInOneWord(uintptr_t address, size_t size) { return address % kCellBytes + size <= kCellBytes; }

struct AtomicRules {
  DetectorImpl& detector;
  ThreadState& thread;
  AtomicEvent event;

  bool isLoad() const { return event.operation == AtomicOperation::Load; }

  // The operation, of a thread whose accesses are remembered or not, at a location that is new or not. Nothing that
  // plain accesses did races with it. The caller holds the word's lock.
  void operate(uintptr_t address, size_t size, AtomicRecord& record, bool isNew) const;
  // Remembers the access as its thread's last of its kind, with the epoch of the access itself: what it releases covers
  // it.
  const AtomicAccess* rememberAccess(AtomicRecord& record) const;
  // The operation's store part; `access` is how it was remembered, or null. True if the location says something else
  // now.
  bool release(AtomicRecord& record, const AtomicAccess* access) const;
  // The release sequence of the location ends: a store has taken its place, and shows `shown`.
  SNAG_RARE static void endSequence(DetectorImpl& detector, AtomicRecord& record, const VectorClock& shown);
  // A read-modify-write continues the release sequence with what it shows. True if the location says something else
  // now.
  SNAG_RARE static bool continueSequence(DetectorImpl& detector, AtomicRecord& record, const VectorClock& shown);
  // The thread learns it, now or by its next acquire fence.
  SNAG_RARE static void learn(ThreadState& thread, const VectorClock& released, MemoryOrder order);
  // After the word's lock was given back, and what was found was told.
  void end() const;
  // Whether all that plain accesses did to the bytes is ordered before an operation that learns nothing. Forgets what
  // need not be looked at again.
  bool isPlainHistoryOrdered(uintptr_t address, AtomicBlock& block, ByteMask bytes) const {
    return SNAG_LIKELY(block.plain.bits() == 0) || isPastOrdered(*this, address, block, bytes);
  }

 private:
  // Whether the thread has learned, or will by its next acquire fence, all that the location says. Who knows that
  // another's release was made in some epoch, or later, knows what that one knew then: see AtomicRecord::releaser.
  bool knowsReleased(const AtomicRecord& record) const;
  // The operation's load part.
  void acquire(const AtomicRecord& record) const;
  SNAG_RARE static bool isPastOrdered(AtomicRules rules, uintptr_t address, AtomicBlock& block, ByteMask bytes);
  // What the thread need not do again; see atomic_memo.h. `phaseChanges` is from before the event.
  void rememberEffects(uintptr_t address, size_t size, AtomicRecord& record, uint64_t phaseChanges) const;
};

SNAG_ALWAYS_INLINE const AtomicAccess* AtomicRules::rememberAccess(AtomicRecord& record) const {
  const IndexedPool<ThreadRecord>& records = detector.registry.records();
  const AtomicAccess access{detector.openEpoch(thread), thread.atomicContext, thread.locks.id(detector.lockSets),
                            AtomicAccess::whoFor(thread.record->index(), !isLoad())};
  for (AtomicAccess& each : record) {
    if (each.who != access.who) continue;
    each = access;
    return &each;
  }
  // A slot's earlier owners happen before its present one.
  for (AtomicAccess& each : record) {
    if (each.isWrite() == isLoad() || records.at(each.record()).slot != thread.slot) continue;
    each = access;
    return &each;
  }
  record.add(access);
  return record.end() - 1;
}

SNAG_ALWAYS_INLINE bool AtomicRules::knowsReleased(const AtomicRecord& record) const {
  if (record.clock == 0) return true;
  const AtomicAccess* releaser = record.releaser();
  if (releaser == nullptr) return false;
  const ThreadSlot slot = detector.registry.records().at(releaser->record()).slot;
  const uint32_t epoch = raw(releaser->epoch);
  return epoch <= raw(thread.clock.get(slot)) ||
         (!acquires(event.order) && epoch <= raw(thread.acquireFence.get(slot)));
}

SNAG_ALWAYS_INLINE void AtomicRules::acquire(const AtomicRecord& record) const {
  if (!knowsReleased(record)) learn(thread, detector.atomicClocks.at(record.clock).released, event.order);
  if (!event.isLate || record.clock == 0) return;
  const VectorClock* overwritten = detector.atomicClocks.at(record.clock).overwritten;
  if (overwritten != nullptr) learn(thread, *overwritten, event.order);
}

SNAG_ALWAYS_INLINE bool AtomicRules::release(AtomicRecord& record, const AtomicAccess* access) const {
  const VectorClock& shown = releases(event.order) ? thread.clock : thread.releaseFence;
  bool changed = false;
  if (event.operation == AtomicOperation::Rmw) {
    changed = !shown.empty() && continueSequence(detector, record, shown);
  } else if (record.clock == 0 ? !shown.empty() : !detector.atomicClocks.at(record.clock).released.isSameAs(shown)) {
    endSequence(detector, record, shown);
    changed = true;
  }
  const bool showsAll = event.operation == AtomicOperation::Store || acquires(event.order);
  if (releases(event.order) && showsAll)
    record.setReleaser(access != nullptr && access->epoch != thread.mixedEpoch ? access : nullptr);
  return changed;
}

SNAG_ALWAYS_INLINE void AtomicRules::rememberEffects(uintptr_t address, size_t size, AtomicRecord& record,
                                                     uint64_t phaseChanges) const {
  const uint8_t effects = AtomicMemo::effectsOf(event.operation, event.order);
  if (effects == AtomicMemo::kNever || thread.ignoreDepth != 0) return;
  record.isRemembered |= event.operation == AtomicOperation::Rmw;
  thread.atomics.remember(address, size, effects, {detector.wordLocks.of(address).changes(), phaseChanges});
}

SNAG_ALWAYS_INLINE void AtomicRules::operate(uintptr_t address, size_t size, AtomicRecord& record, bool isNew) const {
  const uint64_t phaseChanges = detector.phases.changes();
  detector.phases.atomic(thread, address, event.operation, event.order);
  if (event.operation != AtomicOperation::Store) acquire(record);
  const AtomicAccess* access = nullptr;
  if (thread.ignoreDepth == 0) access = rememberAccess(record);
  const bool changed = !isLoad() && release(record, access);
  if (changed || isNew) detector.wordLocks.of(address).noteChange();
  rememberEffects(address, size, record, phaseChanges);
}

SNAG_ALWAYS_INLINE void AtomicRules::end() const {
  thread.noteCheck();
  ++thread.counts.atomics;
  if (!isLoad() && releases(event.order)) detector.publish(thread);
  Inside::leave(thread);
}

}  // namespace snag

#endif  // SNAG_CORE_ATOMIC_RULES_H
