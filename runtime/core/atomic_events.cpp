#include "core/atomic_events.h"

#include <algorithm>

#include "core/access_check.h"
#include "core/atomic_rules.h"
#include "core/word_range.h"

namespace snag {

void AtomicRules::learn(ThreadState& thread, const VectorClock& released, MemoryOrder order) {
  if (acquires(order))
    thread.learn(released);
  else
    thread.acquireFence.join(released);
}

SNAG_ALWAYS_INLINE static AtomicClock& clockOf(DetectorImpl& detector, AtomicRecord& record) {
  if (record.clock == 0) record.clock = detector.atomicClocks.create();
  return detector.atomicClocks.at(record.clock);
}

void AtomicRules::endSequence(DetectorImpl& detector, AtomicRecord& record, const VectorClock& shown) {
  record.setReleaser(nullptr);
  if (record.clock == 0 && shown.empty()) return;
  AtomicClock& clock = clockOf(detector, record);
  if (record.isRemembered && !clock.released.lessOrEqual(shown)) {
    if (clock.overwritten == nullptr) clock.overwritten = arenaNew<VectorClock>();
    clock.overwritten->join(clock.released);
  }
  clock.released = shown;
}

bool AtomicRules::continueSequence(DetectorImpl& detector, AtomicRecord& record, const VectorClock& shown) {
  if (!clockOf(detector, record).released.join(shown)) return false;
  record.setReleaser(nullptr);
  return true;
}

// Most atomic variables were initialised before there were threads: that is not looked at again.
bool AtomicRules::isPastOrdered(AtomicRules rules, uintptr_t address, AtomicBlock& block, ByteMask bytes) {
  DetectorImpl& detector = rules.detector;
  const ThreadState& thread = rules.thread;
  const bool withReaders = !rules.isLoad();
  const ShadowWord plain = block.plain;
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

namespace {

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
      : detector_(detector), thread_(thread), event_(event), rules_{detector, thread, event} {}

  // The load part of all words comes first: the access as a whole is ordered after what any of them tells.
  void learnFrom(uintptr_t wordAddress, ByteMask bytes) {
    detector_.forEachAtomic(detector_.atomicBlock(wordAddress), [&](const AtomicRecord& record) {
      if ((record.bytes & bytes) == 0 || record.clock == 0) return;
      const AtomicClock& clock = detector_.atomicClocks.at(record.clock);
      learned_.join(clock.released);
      if (event_.isLate && clock.overwritten != nullptr) learned_.join(*clock.overwritten);
    });
  }
  void learn() { AtomicRules::learn(thread_, learned_, event_.order); }

  void atWord(uintptr_t wordAddress, ByteMask bytes, PendingRaces& races) {
    AtomicBlock& block = detector_.atomicBlock(wordAddress);
    AtomicRecord& record = recordFor(block, bytes);
    if (thread_.ignoreDepth == 0) {
      checkPlain(detector_.historyOf(block.plain), bytes, races);
      rules_.rememberAccess(record);
    }
    if (!rules_.isLoad()) store(block, record, bytes);
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
    rules_.release(record, nullptr);
    if (event_.operation == AtomicOperation::Rmw && !learned_.empty())
      AtomicRules::continueSequence(detector_, record, learned_);
    // Smaller locations inside this one were overwritten; what their readers may learn is here now.
    detector_.forEachAtomic(block, [&](AtomicRecord& other) {
      if (&other != &record && (other.bytes & ~bytes) == 0) AtomicRules::endSequence(detector_, other, VectorClock());
    });
  }

  DetectorImpl& detector_;
  ThreadState& thread_;
  const AtomicEvent event_;
  const AtomicRules rules_;
  VectorClock learned_;  // L of everything that was loaded
};

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

// The usual case: one word, no atomics of several sizes, no plain access to race with. False, and nothing done, if this
// is not it.
bool leaveQuickly(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size,
                  const AtomicEvent& event) {
  if (!isInOneWord(address, size)) return false;
  const ByteMask bytes = byteMask(address % kCellBytes, size);
  AtomicBlock& block = detector.atomicBlock(address);
  AtomicRecord* found;
  if (!findAlone(detector, block, bytes, &found)) return false;
  const AtomicRules rules{detector, thread, event};
  if (thread.ignoreDepth == 0 && !rules.isPlainHistoryOrdered(address, block, bytes)) return false;
  rules.operate(address, size, found != nullptr ? *found : makeRecord(detector, block, bytes), found == nullptr);
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
  AtomicRules{detector, thread, event}.end();
}

}  // namespace

void enterAtomic(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t address, size_t size) {
  Inside::enter(detector, thread);
  thread.atomicPlace = place;
  thread.atomicContext = detector.contextFor(thread, place);  // may walk the stack: before the lock
  const ShadowWord word(detector.cell(address).load(std::memory_order_relaxed));
  if (word.isAtomic()) detector.fetchAtomicBlock(word);
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
