#include "core/atomic_events.h"

#include <algorithm>

#include "core/access_check.h"
#include "core/memory_order.h"
#include "core/word_range.h"

namespace snag {
namespace {

// What is known of an operation when its effects are computed.
struct AtomicEvent {
  AtomicOperation operation;
  MemoryOrder order;
  bool isLate;  // it was done without the lock: what it has read may be overwritten by now
};

// Remembers the access as its thread's last of its kind, with the epoch of the access itself: what it releases covers
// it.
SNAG_ALWAYS_INLINE const AtomicAccess* rememberAccess(DetectorImpl& detector, ThreadState& thread, AtomicRecord& record,
                                                      bool isWrite, ContextId context) {
  const IndexedPool<ThreadRecord>& records = detector.registry.records();
  const AtomicAccess access{detector.openEpoch(thread), context, thread.locks.id(detector.lockSets),
                            AtomicAccess::whoFor(thread.record->index(), isWrite)};
  for (AtomicAccess& each : record) {
    if (each.who != access.who) continue;
    each = access;
    return &each;
  }
  // A slot's earlier owners happen before its present one.
  for (AtomicAccess& each : record) {
    if (each.isWrite() != isWrite || records.at(each.record()).slot != thread.slot) continue;
    each = access;
    return &each;
  }
  record.add(access);
  return record.end() - 1;
}

// Whether the thread has learned, or will by its next acquire fence, all that the location says. Who knows that
// another's release was made in some epoch, or later, knows what that one knew then: see AtomicRecord::releaser.
bool knowsReleased(const DetectorImpl& detector, const ThreadState& thread, const AtomicRecord& record,
                   MemoryOrder order) {
  if (record.clock == 0) return true;
  const AtomicAccess* releaser = record.releaser();
  if (releaser == nullptr) return false;
  const ThreadSlot slot = detector.registry.records().at(releaser->record()).slot;
  const uint32_t epoch = raw(releaser->epoch);
  return epoch <= raw(thread.clock.get(slot)) || (!acquires(order) && epoch <= raw(thread.acquireFence.get(slot)));
}

void learn(ThreadState& thread, const VectorClock& released, MemoryOrder order) {
  if (acquires(order))
    thread.learn(released);
  else
    thread.acquireFence.join(released);
}

// The operation's load part.
void acquire(const DetectorImpl& detector, ThreadState& thread, const AtomicRecord& record, const AtomicEvent& event) {
  if (!knowsReleased(detector, thread, record, event.order))
    learn(thread, detector.atomicClocks.at(record.clock).released, event.order);
  if (!event.isLate || record.clock == 0) return;
  const VectorClock* overwritten = detector.atomicClocks.at(record.clock).overwritten;
  if (overwritten != nullptr) learn(thread, *overwritten, event.order);
}

SNAG_ALWAYS_INLINE AtomicClock& clockOf(DetectorImpl& detector, AtomicRecord& record) {
  if (record.clock == 0) record.clock = detector.atomicClocks.create();
  return detector.atomicClocks.at(record.clock);
}

// The release sequence of the location ends: a store has taken its place, and shows `shown`.
SNAG_ALWAYS_INLINE void endSequence(DetectorImpl& detector, AtomicRecord& record, const VectorClock& shown) {
  record.setReleaser(nullptr);
  if (record.clock == 0 && shown.empty()) return;
  AtomicClock& clock = clockOf(detector, record);
  if (record.isRemembered && !clock.released.lessOrEqual(shown)) {
    if (clock.overwritten == nullptr) clock.overwritten = arenaNew<VectorClock>();
    clock.overwritten->join(clock.released);
  }
  clock.released = shown;
}

// A read-modify-write continues the release sequence with what it shows. True if the location says something else now.
SNAG_ALWAYS_INLINE bool continueSequence(DetectorImpl& detector, AtomicRecord& record, const VectorClock& shown) {
  if (shown.empty() || !clockOf(detector, record).released.join(shown)) return false;
  record.setReleaser(nullptr);
  return true;
}

// The operation's store part; `access` is how it was remembered, or null. True if the location says something else now.
SNAG_ALWAYS_INLINE bool release(DetectorImpl& detector, const ThreadState& thread, AtomicRecord& record,
                                const AtomicEvent& event, const AtomicAccess* access) {
  const VectorClock& shown = releases(event.order) ? thread.clock : thread.releaseFence;
  bool changed = false;
  if (event.operation == AtomicOperation::Rmw) {
    changed = continueSequence(detector, record, shown);
  } else if (record.clock == 0 ? !shown.empty() : !detector.atomicClocks.at(record.clock).released.isSameAs(shown)) {
    endSequence(detector, record, shown);
    changed = true;
  }
  const bool showsAll = event.operation == AtomicOperation::Store || acquires(event.order);
  if (releases(event.order) && showsAll)
    record.setReleaser(access != nullptr && access->epoch != thread.mixedEpoch ? access : nullptr);
  return changed;
}

// The location of exactly these bytes, new. The caller holds the word's lock.
AtomicRecord& makeRecord(DetectorImpl& detector, AtomicBlock& first, ByteMask bytes) {
  for (AtomicBlock* block = &first;; block = &detector.atomicBlocks.at(block->next)) {
    for (AtomicRecord& record : block->records) {
      if (record.bytes != 0) continue;
      record.bytes = bytes;
      return record;
    }
    if (block->next == 0) block->next = detector.atomicBlocks.create();
    SNAG_CHECK(block->next != 0);
  }
}

// The rules in full: for operations across words, locations that overlap, and races.
class CarefulAtomic {
 public:
  CarefulAtomic(DetectorImpl& detector, ThreadState& thread, const AtomicEvent& event)
      : detector_(detector), thread_(thread), event_(event) {}

  // The load part of all words comes first: the access as a whole is ordered after what any of them tells.
  void learnFrom(uintptr_t wordAddress, ByteMask bytes) {
    detector_.forEachAtomic(detector_.atomicBlock(wordAddress), [&](const AtomicRecord& record) {
      if ((record.bytes & bytes) == 0 || record.clock == 0) return;
      const AtomicClock& clock = detector_.atomicClocks.at(record.clock);
      learned_.join(clock.released);
      if (event_.isLate && clock.overwritten != nullptr) learned_.join(*clock.overwritten);
    });
  }
  void learn() { snag::learn(thread_, learned_, event_.order); }

  void atWord(uintptr_t wordAddress, ByteMask bytes, PendingRaces& races) {
    AtomicBlock& block = detector_.atomicBlock(wordAddress);
    AtomicRecord& record = recordFor(block, bytes);
    const bool isLoad = event_.operation == AtomicOperation::Load;
    if (thread_.ignoreDepth == 0) {
      checkPlain(detector_.historyOf(block.plain), bytes, races);
      rememberAccess(detector_, thread_, record, !isLoad, thread_.atomicContext);
    }
    if (!isLoad) store(block, record, bytes);
  }

 private:
  AtomicRecord& recordFor(AtomicBlock& block, ByteMask bytes) {
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

  void store(AtomicBlock& block, AtomicRecord& record, ByteMask bytes) {
    release(detector_, thread_, record, event_, nullptr);
    if (event_.operation == AtomicOperation::Rmw) continueSequence(detector_, record, learned_);
    // Smaller locations inside this one were overwritten; what their readers may learn is here now.
    detector_.forEachAtomic(block, [&](AtomicRecord& other) {
      if (&other != &record && (other.bytes & ~bytes) == 0) endSequence(detector_, other, VectorClock());
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
  if (SNAG_LIKELY(thread.wordLockCount == 1)) {
    thread.wordLockCount = 0;
    return detector.wordLocks.at(thread.wordLocks[0]).unlock();
  }
  for (size_t i = thread.wordLockCount; i-- > 0;) detector.wordLocks.at(thread.wordLocks[i]).unlock();
  thread.wordLockCount = 0;
}

// Whether all that plain accesses did to the bytes is ordered before an atomic operation that learns nothing. Most
// atomic variables were initialised before there were threads: that need not be looked at again.
bool isPlainHistoryOrdered(DetectorImpl& detector, const ThreadState& thread, uintptr_t address, AtomicBlock& block,
                           ByteMask bytes, bool withReaders) {
  const ShadowWord plain = block.plain;
  if (SNAG_LIKELY(plain.bits() == 0)) return true;
  if (SNAG_LIKELY(!plain.isEscaped() && !plain.isSplit())) {
    HalfWord writer = plain.writer(), reader = plain.reader();
    if ((writer.bytes & bytes) != 0 && !detector.isOrdered(thread, writer.id)) return false;
    if (withReaders && (reader.bytes & bytes) != 0 && !detector.isOrdered(thread, reader.id)) return false;
    if (writer.bytes != 0 && detector.isBehindAll(writer.id)) writer = {kNoSegment, 0};
    if (reader.bytes != 0 && detector.isBehindAll(reader.id)) reader = {kNoSegment, 0};
    block.plain = ShadowWord(writer, reader);
    return true;
  }
  WordHistory history = detector.historyOf(plain);
  const auto check = [&](SegmentId(&ids)[kCellBytes]) {
    for (size_t i = 0; i < kCellBytes; ++i) {
      if ((bytes & 1u << i) != 0 && !detector.isOrdered(thread, ids[i])) return false;
      if (detector.isBehindAll(ids[i])) ids[i] = kNoSegment;
    }
    return true;
  };
  if (!check(history.writers) || (withReaders && !check(history.readers))) return false;
  detector.setHistory(address, ShadowWord(detector.cell(address).load(std::memory_order_relaxed)), history);
  return true;
}

// Finds the record of exactly these bytes; null if there is none. False if another overlaps it.
bool findAlone(const DetectorImpl& detector, AtomicBlock& block, ByteMask bytes, AtomicRecord** found) {
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
  thread.atomics.remember(address, size, effects, {detector.wordLocks.of(address).changes(), phaseChanges});
}

// The usual case: one word, no atomics of several sizes, no plain access to race with. False, and nothing done, if this
// is not it.
bool leaveQuickly(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size,
                  const AtomicEvent& event) {
  if (!isInOneWord(address, size)) return false;
  const ByteMask bytes = byteMask(address % kCellBytes, size);
  AtomicBlock& block = detector.atomicBlock(address);
  AtomicRecord* found;
  if (!findAlone(detector, block, bytes, &found)) return false;
  const bool isLoad = event.operation == AtomicOperation::Load;
  if (thread.ignoreDepth == 0 && !isPlainHistoryOrdered(detector, thread, address, block, bytes, !isLoad)) return false;

  AtomicRecord& record = found != nullptr ? *found : makeRecord(detector, block, bytes);
  const uint64_t phaseChanges = detector.phases.changes();
  detector.phases.atomic(thread, address, event.operation, event.order);
  if (event.operation != AtomicOperation::Store) acquire(detector, thread, record, event);
  const AtomicAccess* access = nullptr;
  if (thread.ignoreDepth == 0) access = rememberAccess(detector, thread, record, !isLoad, thread.atomicContext);
  const bool changed = !isLoad && release(detector, thread, record, event, access);
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

void enterAtomic(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t address, size_t size) {
  Inside::enter(detector, thread);
  thread.atomicPlace = place;
  thread.atomicContext = detector.contextFor(thread, place);  // may walk the stack: before the lock
  // What will be needed comes while the lock is waited for.
  const ShadowWord word(detector.cell(address).load(std::memory_order_relaxed));
  if (word.isAtomic()) {
    const auto* block = reinterpret_cast<const char*>(&detector.atomicBlocks.at(word.atomicBlock()));
    __builtin_prefetch(block);
    __builtin_prefetch(block + 64);
  }
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
