// Atomic operations in front of the detector: on locations that the detector knows, in one word, at places that the
// thread knows. What most operations are that are not repeated (known_atomic.h).
//
// Inline, like quick_access.h, and calls nothing that changes registers. The bracket around an operation is the
// detector's own (Detector::atomicEnter and atomicLeave): what one of the two functions does not see to, that does.
#ifndef SNAG_CORE_QUICK_ATOMIC_H
#define SNAG_CORE_QUICK_ATOMIC_H

#include "core/atomic_rules.h"

namespace snag {

struct QuickAtomic {
  DetectorImpl& detector;
  ThreadState& thread;  // inside the runtime
  uintptr_t address;
  size_t size;

  // True if the thread has the location's lock now; leave(), or Detector::atomicLeave, follows.
  bool enter(const Place& place) const;
  // The operation was done. False, and nothing done, if Detector::atomicLeave must see to it.
  template <AtomicOperation operation>
  bool leave(MemoryOrder order) const;

 private:
  bool isUsual() const {
    return thread.ignoreDepth == 0 && isInOneWord(address, size) && detector.aliases.empty() &&
           detector.shadowed.contains(address);
  }
  // The location of exactly these bytes, if it is one of the word's first two and no other has any of them.
  static AtomicRecord* findAlone(AtomicBlock& block, ByteMask bytes) {
    AtomicRecord *found = &block.records[0], *other = &block.records[1];
    if (found->bytes != bytes) std::swap(found, other);
    return found->bytes == bytes && (other->bytes & bytes) == 0 && block.next == 0 ? found : nullptr;
  }
};

SNAG_ALWAYS_INLINE bool QuickAtomic::enter(const Place& place) const {
  const ContextId context = thread.contexts.find(place.site, place.context).id;
  if (!isUsual() || context == kNoContext || thread.alone.load(std::memory_order_relaxed)) return false;
  const ShadowWord word(detector.cell(address).load(std::memory_order_relaxed));
  if (!word.isAtomic() || !Inside::tryEnter(detector, thread)) return false;
  detector.fetchAtomicBlock(word);
  const size_t lock = detector.wordLocks.indexOf(address);
  thread.wordLocks[0] = static_cast<uint16_t>(lock);
  thread.wordLockCount = 1;
  thread.atomicPlace = place;
  thread.atomicContext = context;
  detector.wordLocks.at(lock).lockQuickly();
  return true;
}

template <AtomicOperation operation>
SNAG_ALWAYS_INLINE bool QuickAtomic::leave(MemoryOrder order) const {
  if (thread.wordLockCount != 1 || thread.isInKnownAtomic || !isUsual()) return false;
  const ShadowWord word(detector.cell(address).load(std::memory_order_relaxed));
  if (!word.isAtomic()) return false;
  AtomicBlock& block = detector.atomicBlocks.at(word.atomicBlock());
  const ByteMask bytes = byteMask(address % kCellBytes, size);
  AtomicRecord* const record = findAlone(block, bytes);
  const AtomicRules rules{detector, thread, {operation, order, false}};
  if (record == nullptr || !rules.isPlainHistoryOrdered(address, block, bytes)) return false;
  rules.operate(address, size, *record, false);
  thread.wordLockCount = 0;
  detector.wordLocks.at(thread.wordLocks[0]).unlock();
  rules.end();
  return true;
}

}  // namespace snag

#endif  // SNAG_CORE_QUICK_ATOMIC_H
