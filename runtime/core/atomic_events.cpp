#include "core/atomic_events.h"

#include <algorithm>

#include "core/access_check.h"
#include "core/memory_order.h"
#include "core/word_range.h"

namespace snag {
namespace {

// Remembers the access as its thread's last of its kind. A slot's earlier owners happen before its present one.
void remember(AtomicAccesses& accesses, const AtomicAccess& access) {
  for (AtomicAccess& each : accesses) {
    if (each.slot != access.slot) continue;
    each = access;
    return;
  }
  accesses.push_back(access);
}

class AtomicEvent {
 public:
  AtomicEvent(DetectorImpl& detector, ThreadState& thread, AtomicOperation operation, MemoryOrder order)
      : detector_(detector), thread_(thread), operation_(operation), order_(order) {}

  // The load part of all words comes first: the access as a whole is ordered after what any of them tells.
  void learnFrom(uintptr_t wordAddress, ByteMask bytes) {
    for (const AtomicRecord& record : atomicWordAt(wordAddress).records)
      if ((record.bytes & bytes) != 0) learned_.join(record.released);
  }
  void learn() {
    if (acquires(order_))
      thread_.learn(learned_);
    else
      thread_.acquireFence.join(learned_);
  }

  void atWord(uintptr_t wordAddress, ByteMask bytes, PendingRaces& races) {
    AtomicWord& word = atomicWordAt(wordAddress);
    DetailBlock& block = detector_.detail(wordAddress);
    AtomicRecord& record = word.recordFor(bytes);
    if (thread_.ignoreDepth == 0) {
      checkPlain(block.history, bytes, races);
      rememberAccess(record);
    }
    if (operation_ != AtomicOperation::Load) store(word, record, bytes);
  }

  void setContext(ContextId context) { context_ = context; }

 private:
  // With the epoch of the access itself: what it releases covers it.
  void rememberAccess(AtomicRecord& record) {
    const AtomicAccess access{thread_.slot, detector_.openEpoch(thread_),
                              detector_.registry.records().indexOf(*thread_.record), context_,
                              thread_.locks.id(detector_.lockSets)};
    remember(operation_ == AtomicOperation::Load ? record.readers : record.writers, access);
  }

  AtomicWord& atomicWordAt(uintptr_t wordAddress) {
    DetailBlock& block = detector_.detail(wordAddress);
    if (block.atomicWord == 0) block.atomicWord = detector_.atomicWords.create();
    SNAG_CHECK(block.atomicWord != 0);
    return detector_.atomicWords.at(block.atomicWord);
  }

  // Atomic accesses do not race with each other: only plain history counts, and it stays as it is.
  void checkPlain(const WordHistory& history, ByteMask bytes, PendingRaces& races) {
    for (size_t i = 0; i < kCellBytes; ++i) {
      const auto bit = static_cast<ByteMask>(1u << i);
      if ((bytes & bit) == 0) continue;
      addUnordered(history.writers[i], true, bit, races);
      if (operation_ != AtomicOperation::Load) addUnordered(history.readers[i], false, bit, races);
    }
  }
  void addUnordered(SegmentId id, bool isWrite, ByteMask bit, PendingRaces& races) {
    detector_.segments.forEach(id, [&](SegmentId each) {
      if (!detector_.isOrdered(thread_, each)) races.add(each, isWrite, bit);
    });
  }

  void store(AtomicWord& word, AtomicRecord& record, ByteMask bytes) {
    record.released = releases(order_) ? thread_.clock : thread_.releaseFence;
    if (operation_ == AtomicOperation::Rmw) record.released.join(learned_);
    // Smaller locations inside this one were overwritten; what their readers may learn is here now.
    for (AtomicRecord& other : word.records)
      if (&other != &record && (other.bytes & ~bytes) == 0) other.released.clear();
  }

  DetectorImpl& detector_;
  ThreadState& thread_;
  const AtomicOperation operation_;
  const MemoryOrder order_;
  ContextId context_ = kNoContext;
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

// The record of exactly these bytes, if there is one and no other overlaps it.
AtomicRecord* findAlone(AtomicWord& word, ByteMask bytes) {
  AtomicRecord* found = nullptr;
  for (AtomicRecord& record : word.records) {
    if (record.bytes == bytes)
      found = &record;
    else if ((record.bytes & bytes) != 0)
      return nullptr;
  }
  return found;
}

// The usual case: one word, no atomics of several sizes, no plain access to race with. False, and nothing done, if this
// is not it.
bool leaveQuickly(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size,
                  AtomicOperation operation, MemoryOrder order) {
  if (!isInOneWord(address, size)) return false;
  const ShadowWord word(detector.cell(address).load(std::memory_order_acquire));
  if (!word.isEscaped()) return false;
  DetailBlock& block = detector.details.at(word.detail());
  if (block.atomicWord == 0) return false;
  const ByteMask bytes = byteMask(address % kCellBytes, size);
  AtomicWord& location = detector.atomicWords.at(block.atomicWord);
  AtomicRecord* found = findAlone(location, bytes);
  if (found == nullptr) return false;
  AtomicRecord& record = *found;
  const bool isLoad = operation == AtomicOperation::Load, isRmw = operation == AtomicOperation::Rmw;
  if (thread.ignoreDepth == 0 && !isPlainHistoryOrdered(detector, thread, block.history, bytes, !isLoad)) return false;

  if (operation != AtomicOperation::Store) {
    if (acquires(order))
      thread.learn(record.released);
    else
      thread.acquireFence.join(record.released);
  }
  if (thread.ignoreDepth == 0)
    remember(isLoad ? record.readers : record.writers,
             {thread.slot, detector.openEpoch(thread), detector.registry.records().indexOf(*thread.record),
              thread.atomicContext, thread.locks.id(detector.lockSets)});
  if (isLoad) return true;
  const VectorClock& shown = releases(order) ? thread.clock : thread.releaseFence;
  if (isRmw)
    record.released.join(shown);  // it continues the release sequence
  else
    record.released = shown;
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
                                              size_t size, AtomicOperation operation, MemoryOrder order) {
  struct WordRaces {
    uintptr_t word;
    PendingRaces races;
  };
  boost::container::small_vector<WordRaces, 2, ArenaAllocator<WordRaces>> found;
  AtomicEvent event(detector, thread, operation, order);
  event.setContext(thread.atomicContext);
  if (operation != AtomicOperation::Store) {
    forEachWord(address, size, [&](uintptr_t word, ByteMask bytes) { event.learnFrom(word, bytes); });
    event.learn();
  }
  forEachWord(address, size, [&](uintptr_t word, ByteMask bytes) {
    found.emplace_back();
    found.back().word = word;
    event.atWord(word, bytes, found.back().races);
  });
  detector.phases.atomic(thread, address, operation, order);
  unlockWords(detector, thread);
  for (WordRaces& each : found)
    each.races.deliver(detector,
                       {&thread, thread.atomicPlace, address, static_cast<uint32_t>(size), kindOf(operation), 0, 0, {}},
                       each.word);
}

}  // namespace

void enterAtomic(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t address, size_t size) {
  Inside::enter(detector, thread);
  thread.atomicPlace = place;
  thread.atomicContext = detector.contextFor(thread, place);  // may walk the stack: before the lock
  lockWords(detector, thread, address, size);
}

void leaveAtomic(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size, AtomicOperation operation,
                 MemoryOrder order) {
  if (leaveQuickly(detector, thread, address, size, operation, order)) {
    detector.phases.atomic(thread, address, operation, order);
    unlockWords(detector, thread);
  } else {
    leaveCarefully(detector, thread, address, size, operation, order);
  }
  ++thread.checks;
  if (operation != AtomicOperation::Load && releases(order)) detector.publish(thread);
  Inside::leave(thread);
}

void fenceThread(DetectorImpl& detector, ThreadState& thread, MemoryOrder order) {
  detector.phases.fence(thread, order);
  if (acquires(order)) thread.learn(thread.acquireFence);
  if (!releases(order)) return;
  thread.releaseFence = thread.clock;
  detector.publish(thread);
}

}  // namespace snag
