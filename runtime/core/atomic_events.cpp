#include "core/atomic_events.h"

#include <algorithm>

#include "core/access_check.h"
#include "core/memory_order.h"
#include "core/word_range.h"

namespace snag {
namespace {

// Remembers the access as its thread's last of its kind, with the epoch of the access itself: what it releases covers
// it.
void rememberAccess(DetectorImpl& detector, ThreadState& thread, AtomicRecord& record, bool isWrite,
                    ContextId context) {
  const IndexedPool<ThreadRecord>& records = detector.registry.records();
  const AtomicAccess access{detector.openEpoch(thread), context, thread.locks.id(detector.lockSets),
                            AtomicAccess::whoFor(records.indexOf(*thread.record), isWrite)};
  for (AtomicAccess& each : record.accesses) {
    if (each.who != access.who) continue;
    each = access;
    return;
  }
  // A slot's earlier owners happen before its present one.
  for (AtomicAccess& each : record.accesses) {
    if (each.isWrite() != isWrite || records.at(each.record()).slot != thread.slot) continue;
    each = access;
    return;
  }
  record.accesses.add(access);
}

void learn(ThreadState& thread, const VectorClock& released, MemoryOrder order) {
  if (acquires(order))
    thread.learn(released);
  else
    thread.acquireFence.join(released);
}

// The release sequence of the location ends: a store has taken its place, and shows `shown`.
void endSequence(AtomicRecord& record, const VectorClock& shown) {
  if (record.isRemembered && !record.released.lessOrEqual(shown)) {
    if (record.overwritten == nullptr) record.overwritten = arenaNew<VectorClock>();
    record.overwritten->join(record.released);
  }
  record.released = shown;
}

// The operation's store part. True if the location says something else now.
bool release(const ThreadState& thread, AtomicRecord& record, AtomicOperation operation, MemoryOrder order) {
  const VectorClock& shown = releases(order) ? thread.clock : thread.releaseFence;
  if (operation == AtomicOperation::Rmw) return record.released.join(shown);  // it continues the release sequence
  if (record.released.isSameAs(shown)) return false;
  endSequence(record, shown);
  return true;
}

// The caller holds the word's lock.
AtomicRecord& makeRecord(DetectorImpl& detector, DetailBlock& block, ByteMask bytes) {
  const uint32_t index = detector.atomicRecords.create();
  SNAG_CHECK(index != 0);
  AtomicRecord& record = detector.atomicRecords.at(index);
  record.bytes = bytes;
  record.next = block.atomicRecord;
  block.atomicRecord = index;
  return record;
}

// What is known of an operation when its effects are computed.
struct AtomicEvent {
  AtomicOperation operation;
  MemoryOrder order;
  bool isLate;  // it was done without the lock: what it has read may be overwritten by now
};

// The rules in full: for operations across words, locations that overlap, and races.
class CarefulAtomic {
 public:
  CarefulAtomic(DetectorImpl& detector, ThreadState& thread, const AtomicEvent& event)
      : detector_(detector), thread_(thread), event_(event) {}

  // The load part of all words comes first: the access as a whole is ordered after what any of them tells.
  void learnFrom(uintptr_t wordAddress, ByteMask bytes) {
    detector_.forEachAtomic(detector_.detail(wordAddress), [&](const AtomicRecord& record) {
      if ((record.bytes & bytes) == 0) return;
      learned_.join(record.released);
      if (event_.isLate && record.overwritten != nullptr) learned_.join(*record.overwritten);
    });
  }
  void learn() { snag::learn(thread_, learned_, event_.order); }

  void atWord(uintptr_t wordAddress, ByteMask bytes, PendingRaces& races) {
    DetailBlock& block = detector_.detail(wordAddress);
    AtomicRecord& record = recordFor(block, bytes);
    const bool isLoad = event_.operation == AtomicOperation::Load;
    if (thread_.ignoreDepth == 0) {
      checkPlain(block.history, bytes, races);
      rememberAccess(detector_, thread_, record, !isLoad, thread_.atomicContext);
    }
    if (!isLoad) store(block, record, bytes);
  }

 private:
  AtomicRecord& recordFor(DetailBlock& block, ByteMask bytes) {
    AtomicRecord* found = nullptr;
    detector_.forEachAtomic(block, [&](AtomicRecord& record) {
      if (record.bytes == bytes) found = &record;
    });
    return found != nullptr ? *found : makeRecord(detector_, block, bytes);
  }

  // Atomic accesses do not race with each other: only plain history counts, and it stays as it is.
  void checkPlain(const WordHistory& history, ByteMask bytes, PendingRaces& races) {
    for (size_t i = 0; i < kCellBytes; ++i) {
      const auto bit = static_cast<ByteMask>(1u << i);
      if ((bytes & bit) == 0) continue;
      addUnordered(history.writers[i], true, bit, races);
      if (event_.operation != AtomicOperation::Load) addUnordered(history.readers[i], false, bit, races);
    }
  }
  void addUnordered(SegmentId id, bool isWrite, ByteMask bit, PendingRaces& races) {
    detector_.segments.forEach(id, [&](SegmentId each) {
      if (!detector_.isOrdered(thread_, each)) races.add(each, isWrite, bit);
    });
  }

  void store(const DetailBlock& block, AtomicRecord& record, ByteMask bytes) {
    release(thread_, record, event_.operation, event_.order);
    if (event_.operation == AtomicOperation::Rmw) record.released.join(learned_);
    // Smaller locations inside this one were overwritten; what their readers may learn is here now.
    detector_.forEachAtomic(block, [&](AtomicRecord& other) {
      if (&other != &record && (other.bytes & ~bytes) == 0) endSequence(other, VectorClock());
    });
  }

  DetectorImpl& detector_;
  ThreadState& thread_;
  const AtomicEvent event_;
  VectorClock learned_;  // L of everything that was loaded
};

bool isInOneWord(uintptr_t address, size_t size) { return address % kCellBytes + size <= kCellBytes; }

void lockWords(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size) {
  uint16_t* locks = thread.wordLocks;
  if (isInOneWord(address, size)) {
    locks[0] = static_cast<uint16_t>(detector.wordLocks.indexOf(address));
    thread.wordLockCount = 1;
    return detector.wordLocks.at(locks[0]).lock();
  }
  size_t count = 0;
  forEachWord(address, size, [&](uintptr_t word, ByteMask) {
    locks[count++] = static_cast<uint16_t>(detector.wordLocks.indexOf(word));
  });
  std::sort(locks, locks + count);
  thread.wordLockCount = static_cast<uint16_t>(std::unique(locks, locks + count) - locks);
  for (size_t i = 0; i < thread.wordLockCount; ++i) detector.wordLocks.at(locks[i]).lock();
}

void unlockWords(DetectorImpl& detector, ThreadState& thread) {
  for (size_t i = thread.wordLockCount; i-- > 0;) detector.wordLocks.at(thread.wordLocks[i]).unlock();
  thread.wordLockCount = 0;
}

// Whether all that plain accesses did to the bytes is ordered before an atomic operation that learns nothing.
bool isPlainHistoryOrdered(const DetectorImpl& detector, const ThreadState& thread, WordHistory& history,
                           ByteMask bytes, bool withReaders) {
  const ByteMask none = history.writtenBy(kNoSegment) & (withReaders ? history.readBy(kNoSegment) : ByteMask{0xff});
  for (unsigned left = bytes & ~unsigned{none}; left != 0; left &= left - 1) {
    const unsigned byte = __builtin_ctz(left);
    const SegmentId writer = history.writers[byte], reader = history.readers[byte];
    if (!detector.isOrdered(thread, writer) || (withReaders && !detector.isOrdered(thread, reader))) return false;
    // Most atomic variables were initialised before there were threads: that need not be looked at again.
    if (detector.isBehindAll(writer)) history.writers[byte] = kNoSegment;
    if (withReaders && detector.isBehindAll(reader)) history.readers[byte] = kNoSegment;
  }
  return true;
}

// Finds the record of exactly these bytes. False if another overlaps it.
bool findAlone(DetectorImpl& detector, const DetailBlock& block, ByteMask bytes, AtomicRecord** found) {
  bool isAlone = true;
  *found = nullptr;
  detector.forEachAtomic(block, [&](AtomicRecord& record) {
    if (record.bytes == bytes)
      *found = &record;
    else if ((record.bytes & bytes) != 0)
      isAlone = false;
  });
  return isAlone;
}

// What the thread need not do again; see atomic_memo.h. `phaseChanges` is from before the event. The caller holds the
// word's lock.
void rememberEffects(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size, AtomicRecord& record,
                     const AtomicEvent& event, uint64_t phaseChanges) {
  const uint8_t effects = AtomicMemo::effectsOf(event.operation, event.order);
  if (effects == AtomicMemo::kNever || thread.ignoreDepth != 0) return;
  record.isRemembered |= event.operation == AtomicOperation::Rmw;
  thread.atomics.remember({address, detector.wordLocks.of(address).changes(), phaseChanges,
                           thread.clock.get(thread.slot), static_cast<uint8_t>(size), effects});
}

// The usual case: one word, no atomics of several sizes, no plain access to race with. False, and nothing done, if this
// is not it.
bool leaveQuickly(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size,
                  const AtomicEvent& event) {
  if (!isInOneWord(address, size)) return false;
  const ByteMask bytes = byteMask(address % kCellBytes, size);
  DetailBlock& block = detector.detail(address);
  AtomicRecord* found;
  if (!findAlone(detector, block, bytes, &found)) return false;
  const bool isLoad = event.operation == AtomicOperation::Load;
  if (thread.ignoreDepth == 0 && !isPlainHistoryOrdered(detector, thread, block.history, bytes, !isLoad)) return false;

  AtomicRecord& record = found != nullptr ? *found : makeRecord(detector, block, bytes);
  const uint64_t phaseChanges = detector.phases.changes();
  detector.phases.atomic(thread, address, event.operation, event.order);
  if (event.operation != AtomicOperation::Store) {
    learn(thread, record.released, event.order);
    if (event.isLate && record.overwritten != nullptr) learn(thread, *record.overwritten, event.order);
  }
  if (thread.ignoreDepth == 0) rememberAccess(detector, thread, record, !isLoad, thread.atomicContext);
  const bool changed = !isLoad && release(thread, record, event.operation, event.order);
  if (changed || found == nullptr) detector.wordLocks.of(address).noteChange();
  rememberEffects(detector, thread, address, size, record, event, phaseChanges);
  return true;
}

uint8_t kindOf(AtomicOperation operation) {
  switch (operation) {
    case AtomicOperation::Load: return SNAG_SITE_READ | SNAG_SITE_ATOMIC;
    case AtomicOperation::Store: return SNAG_SITE_WRITE | SNAG_SITE_ATOMIC;
    case AtomicOperation::Rmw: break;
  }
  return SNAG_SITE_READ | SNAG_SITE_WRITE | SNAG_SITE_ATOMIC;
}

__attribute__((noinline)) void leaveCarefully(DetectorImpl& detector, ThreadState& thread, uintptr_t address,
                                              size_t size, const AtomicEvent& event) {
  struct WordRaces {
    uintptr_t word;
    PendingRaces races;
  };
  boost::container::small_vector<WordRaces, 2, ArenaAllocator<WordRaces>> found;
  CarefulAtomic rules(detector, thread, event);
  if (event.operation != AtomicOperation::Store) {
    forEachWord(address, size, [&](uintptr_t word, ByteMask bytes) { rules.learnFrom(word, bytes); });
    rules.learn();
  }
  forEachWord(address, size, [&](uintptr_t word, ByteMask bytes) {
    found.emplace_back();
    found.back().word = word;
    rules.atWord(word, bytes, found.back().races);
  });
  detector.phases.atomic(thread, address, event.operation, event.order);
  for (size_t i = 0; i < thread.wordLockCount; ++i) detector.wordLocks.at(thread.wordLocks[i]).noteChange();
  unlockWords(detector, thread);
  for (WordRaces& each : found)
    each.races.deliver(
        detector,
        {&thread, thread.atomicPlace, address, static_cast<uint32_t>(size), kindOf(event.operation), 0, 0, {}},
        each.word);
}

// The caller holds the words' locks.
void leave(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size, const AtomicEvent& event) {
  if (leaveQuickly(detector, thread, address, size, event))
    unlockWords(detector, thread);
  else
    leaveCarefully(detector, thread, address, size, event);
  thread.noteCheck();
  ++thread.counts.atomics;
  if (event.operation != AtomicOperation::Load && releases(event.order)) detector.publish(thread);
  Inside::leave(thread);
}

}  // namespace

bool isKnownAtomic(const DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size,
                   AtomicOperation operation, MemoryOrder order) {
  if (thread.published || thread.ignoreDepth != 0) return false;
  const AtomicMemo::Entry* known = thread.atomics.find(address, size, thread.clock.get(thread.slot));
  if (known == nullptr) return false;
  const uint8_t effects = AtomicMemo::effectsOf(operation, order);
  if ((known->known & effects) != effects) return false;
  thread.knownAtomic = {&detector.wordLocks.of(address), known->changes, &detector.phases.changeCount(),
                        known->phaseChanges};
  return true;
}

void enterAtomic(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t address, size_t size) {
  Inside::enter(detector, thread);
  thread.atomicPlace = place;
  thread.atomicContext = detector.contextFor(thread, place);  // may walk the stack: before the lock
  // What will be needed comes while the lock is waited for.
  const ShadowWord word(detector.cell(address).load(std::memory_order_relaxed));
  if (word.isEscaped()) __builtin_prefetch(&detector.details.at(word.detail()));
  lockWords(detector, thread, address, size);
}

void leaveAtomic(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size, AtomicOperation operation,
                 MemoryOrder order) {
  leave(detector, thread, address, size, {operation, order, false});
}

void catchUpWithAtomic(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size,
                       AtomicOperation operation, MemoryOrder order) {
  enterAtomic(detector, thread, thread.atomicPlace, address, size);
  leave(detector, thread, address, size, {operation, order, true});
}

void fenceThread(DetectorImpl& detector, ThreadState& thread, MemoryOrder order) {
  detector.phases.fence(thread, order);
  if (acquires(order)) thread.learn(thread.acquireFence);
  if (!releases(order)) return;
  thread.releaseFence = thread.clock;
  detector.publish(thread);
}

}  // namespace snag
