// The detector's parts and the steps that its events share. Private to core.
#ifndef SNAG_CORE_DETECTOR_IMPL_H
#define SNAG_CORE_DETECTOR_IMPL_H

#include "core/access_log.h"
#include "core/alias_map.h"
#include "core/atomic_block.h"
#include "core/collector.h"
#include "core/context_table.h"
#include "core/detail_block.h"
#include "core/detector.h"
#include "core/lock_order.h"
#include "core/phase_clocks.h"
#include "core/segment_table.h"
#include "core/sweep_claims.h"
#include "core/sync_object.h"
#include "core/thread_registry.h"
#include "core/word_locks.h"

namespace snag {

// If a check stands for many elements of its site's size (a loop's accesses), makes it the element that holds `at`.
inline void narrowToElement(const SnagSite* site, uintptr_t at, uintptr_t* address, uint32_t* size) {
  if (site == nullptr || site->size == 0 || *size <= site->size || *size % site->size != 0) return;
  *address += (at - *address) / site->size * site->size;
  *size = site->size;
}

// A shadow word as it was at some moment.
struct SeenWord {
  ShadowCell& cell;
  uint32_t claims;  // SweepClaims::before
  ShadowWord word;
};

class DetectorImpl {
 public:
  DetectorImpl(const DetectorConfig& config, RaceSink& raceSink);
  ~DetectorImpl();

  const DetectorConfig config;
  const ShadowedAddresses shadowed;
  RaceSink& sink;
  SegmentTable segments;
  IndexedPool<DetailBlock> details;       // an entry is protected by its word's lock
  IndexedPool<SyncObject> syncObjects;    // likewise
  IndexedPool<AtomicBlock> atomicBlocks;  // likewise
  IndexedPool<AtomicClock> atomicClocks;  // likewise
  LogPool logs;
  ContextTable contexts;
  LockSetTable lockSets;
  ThreadRegistry registry;
  LockOrder lockOrder{lockSets, registry.records()};
  PhaseClocks phases;
  DestroyedLocks destroyedLocks;
  WordLocks wordLocks;
  SweepClaims sweepClaims;
  AliasMap aliases;
  Collector collector;
  std::atomic<uint64_t> syncObjectsMade{0};
  std::atomic<uint64_t> races{0};
  std::atomic<uint64_t> forgotten{0};
  std::atomic<uint64_t> compactions{0};
  std::atomic<uint64_t> cuts{0};
  std::atomic<uint32_t> forgets{0};     // how often memory lost its history: what a RangeMemo says holds meanwhile
  std::atomic<bool> gateClosed{false};  // nobody may enter; see closeGate

  // --- shadow -------------------------------------------------------------------------------------------
  ShadowCell& cell(uintptr_t address) const { return *reinterpret_cast<ShadowCell*>(config.layout.shadowOf(address)); }
  SeenWord see(ShadowCell& cell) const {
    const uint32_t claims = sweepClaims.before(cell);
    return {cell, claims, ShadowWord(cell.load(std::memory_order_acquire))};
  }
  // The same for a word that the thread will write if need be.
  SeenWord seeToWrite(ThreadState& thread, uintptr_t address) const {
    const SeenWord seen = see(cell(address));
    if (ShadowReadahead::mayBegin(address, seen.word)) thread.readahead.note(config.layout.shadowOf(address));
    return seen;
  }
  // Puts `next` in the place of what was seen. False if the word has changed meanwhile.
  bool replace(const SeenWord& seen, ShadowWord next) const {
    uint64_t expected = seen.word.bits();
    return seen.cell.compare_exchange_strong(expected, next.bits(), std::memory_order_acq_rel,
                                             std::memory_order_relaxed) &&
           sweepClaims.isKept(seen.cell, next.bits(), seen.claims);
  }
  // What an escaped word points to.
  WordBlock& blockOf(ShadowWord word) const {
    return word.isAtomic() ? static_cast<WordBlock&>(atomicBlocks.at(word.atomicBlock())) : details.at(word.detail());
  }
  // The same, or null if it is not escaped. For words where a lock may live.
  WordBlock* findBlock(ShadowWord word) const {
    if (SNAG_LIKELY(word.isDetailOnly())) return &details.at(static_cast<uint32_t>(word.bits()));
    return word.isEscaped() ? &blockOf(word) : nullptr;
  }
  // The word's block, made from its history if it has none. The caller holds the word's lock.
  WordBlock& block(uintptr_t address);
  // The same for a word where an atomic lives, or will.
  AtomicBlock& atomicBlock(uintptr_t address) {
    const ShadowWord word(cell(address).load(std::memory_order_acquire));
    return SNAG_LIKELY(word.isAtomic()) ? atomicBlocks.at(word.atomicBlock()) : makeAtomicBlock(address);
  }
  // To be called before the lock of such a word is waited for: what will be needed comes meanwhile.
  void fetchAtomicBlock(ShadowWord word) const {
    const auto* block = reinterpret_cast<const char*>(&atomicBlocks.at(word.atomicBlock()));
    __builtin_prefetch(block);
    __builtin_prefetch(block + sizeof(AtomicBlock) / 2);
  }
  // The word byte by byte, wherever its history is. If it is escaped, the caller holds its lock.
  WordHistory historyOf(ShadowWord word) const {
    if (word.isAtomic()) word = atomicBlocks.at(word.atomicBlock()).plain;
    return word.isEscaped() ? details.at(word.detail()).history : WordHistory::fromWord(word);
  }
  // The crowd that has read some of its bytes; kNoSegment if there is none.
  SegmentId crowdOf(const WordHistory& history) const {
    for (const SegmentId reader : history.readers)
      if (SNAG_UNLIKELY(segments.isCrowd(reader))) return reader;
    return kNoSegment;
  }
  // What the word of a detail block with that history is.
  ShadowWord escapedWord(uint32_t index, const WordHistory& history) const {
    const SegmentId reader = history.readers[0];
    return segments.isCrowd(reader) && history.readBy(reader) == 0xff ? ShadowWord::escapedWithCrowd(index, reader)
                                                                      : ShadowWord::escapedTo(index);
  }
  // Replaces the history of an escaped word; a block that holds nothing else goes if the word can tell it. The caller
  // holds its lock.
  void setHistory(uintptr_t address, ShadowWord word, const WordHistory& history);
  // A word with that history where nothing else lives.
  ShadowWord wordFor(const WordHistory& history);
  // Frees the block of an escaped word and what hangs off it. The caller holds the lock and then stores the cell.
  void destroyBlock(uintptr_t address, ShadowWord word);
  // Frees one of them; it is no longer linked to its word.
  void destroySyncObject(uint32_t index);
  // Visits the atomic locations of an escaped word. The caller holds the word's lock.
  template <typename Visit>
  void forEachAtomic(ShadowWord word, Visit&& visit) const {
    if (word.isAtomic()) forEachAtomic(atomicBlocks.at(word.atomicBlock()), visit);
  }
  template <typename Visit>
  void forEachAtomic(AtomicBlock& first, Visit&& visit) const {
    for (AtomicBlock* block = &first;; block = &atomicBlocks.at(block->next)) {
      for (AtomicRecord& record : block->records) {
        if (record.bytes == 0) return;
        visit(record);
      }
      if (block->next == 0) return;
    }
  }
  // Whether a remembered atomic access happens before the thread's next action.
  bool isOrdered(const ThreadState& thread, const AtomicAccess& access) const {
    return raw(access.epoch) <= raw(thread.clock.get(registry.records().at(access.record()).slot));
  }

  // What these segments did happens before the thread's next action.
  SNAG_ALWAYS_INLINE bool isOrdered(const ThreadState& thread, SegmentId id) const {
    SegmentTime time;
    return segments.find(id, &time) ? isOrdered(thread, time) : isSetOrdered(thread, id);
  }
  static bool isOrdered(const ThreadState& thread, SegmentTime time) {
    return raw(time.epoch) <= raw(thread.clock.get(time.slot));
  }
  // Nothing that happens from now on can race with what any of these segments did.
  SNAG_RARE bool isBehindAll(SegmentId id) const;

  // --- segments ---------------------------------------------------------------------------------------------
  // The thread's open segment, opened if need be. Not to be called with a word's lock held: it may collect.
  SegmentId openSegment(ThreadState& thread) {
    const SegmentId open = thread.segment.load(std::memory_order_relaxed);
    return SNAG_LIKELY(open != kNoSegment) ? open : beginSegment(thread);
  }
  // The same for quickAccess: kNoSegment if that takes more than an id which the thread has at hand, and for threads
  // that are alone, which have none open.
  SegmentId openSegmentQuickly(ThreadState& thread) {
    const SegmentId open = thread.segment.load(std::memory_order_relaxed);
    return SNAG_LIKELY(open != kNoSegment) ? open : beginSegmentQuickly(thread);
  }
  // The epoch of the thread's next remembered action, without opening a segment.
  Epoch openEpoch(ThreadState& thread);
  // A release has shown the thread's past to others: what it does next belongs to a new segment.
  void publish(ThreadState& thread);
  // The same when only who takes the lock can come to know of it. `learnings` is the lock's count.
  void publishByLock(ThreadState& thread, uintptr_t lock, uint64_t learnings);
  // Between the two nobody but `self` (or nobody at all, if it is null) is inside the detector. No collection runs
  // meanwhile.
  void closeGate(const ThreadState* self);
  void openGate();
  // To be called when the thread may have become the only one.
  void considerAlone(ThreadState& thread);
  // `self` is new, and no other was seen to create it: no other is alone from now on.
  void endAloneOfOthers(ThreadState& self);
  // The release that ended the segment before is taken back: nobody has learned of it. That segment goes on, and what
  // the thread has done meanwhile stays in the one that it has opened for that, if it has.
  void reopen(ThreadState& thread);

  // --- places -------------------------------------------------------------------------------------------------
  ContextId contextFor(ThreadState& thread, const Place& place) {
    const ContextId id = thread.contexts.find(place.site, place.context).id;
    return SNAG_LIKELY(id != kNoContext) ? id : newContext(thread, place);
  }
  void log(ThreadState& thread, const Place& place, uintptr_t address, size_t size);
  // The same for an access of its site's size.
  void logShort(ThreadState& thread, const Place& place, uintptr_t address, uint32_t size) {
    if (SNAG_UNLIKELY(!logQuickly(thread, place.site, place.context, address, size)))
      logWithRoom(thread, place, address, size);
  }
  // The same without a call. False, and nothing done, if the other must see to it.
  SNAG_ALWAYS_INLINE static bool logQuickly(ThreadState& thread, const SnagSite* site, uint64_t context,
                                            uintptr_t address, uint32_t size) {
    const ContextCache::Known known = thread.contexts.find(site, context);
    return known.shortSize == size && thread.locks.isLogged() &&
           thread.record->log.appendShort(address, size, known.id);
  }
  // For what that does not see to: locks that the log does not say yet, runs that become long. False if the context is
  // not remembered, or the log should be looked after.
  SNAG_RARE bool logKnown(ThreadState& thread, const SnagSite* site, uint64_t context, uintptr_t address,
                          uint32_t size);
  // By the first of these that sees to it.
  SNAG_ALWAYS_INLINE bool logInFront(ThreadState& thread, const SnagSite* site, uint64_t context, uintptr_t address,
                                     uint32_t size) {
    return SNAG_LIKELY(logQuickly(thread, site, context, address, size)) ||
           logKnown(thread, site, context, address, size);
  }
  void compactIfLarge(ThreadState& thread) {
    if (SNAG_UNLIKELY(thread.record->log.lastChunk() != thread.seenChunk)) logHasGrown(thread);
  }
  // What is known of the last access of `segment` to any of the bytes.
  EarlierAccess findEarlier(SegmentId segment, bool isWrite, uintptr_t address, size_t size);
  bool describe(const LoggedAccess& logged, EarlierAccess* access) const;
  // Searching the log of the segment's thread takes long enough to matter.
  bool logIsLarge(SegmentId segment) const;

 private:
  __attribute__((noinline)) AtomicBlock& makeAtomicBlock(uintptr_t address);
  void setPlainHistory(AtomicBlock& block, const WordHistory& history);
  // Of a word that does not show its crowd any more: the readers are those that have joined until now.
  void endCrowd(WordHistory& history);
  SNAG_RARE bool isSetOrdered(const ThreadState& thread, SegmentId set) const;
  SegmentId beginSegment(ThreadState& thread);
  SNAG_RARE SegmentId beginSegmentQuickly(ThreadState& thread);
  SegmentId defineSegment(ThreadState& thread, SegmentId id, Epoch epoch);
  // Nothing that is remembered of the open segment's accesses holds any more.
  static void leaveSegment(ThreadState& thread);
  ContextId newContext(ThreadState& thread, const Place& place);
  __attribute__((noinline)) void logWithRoom(ThreadState& thread, const Place& place, uintptr_t address, size_t size);
  __attribute__((noinline)) void logHasGrown(ThreadState& thread);
  Epoch cutLog(ThreadState& thread, size_t bytes);
  void compactLog(ThreadState& thread);
};

SNAG_ALWAYS_INLINE Epoch DetectorImpl::openEpoch(ThreadState& thread) {
  const Epoch epoch = thread.clock.get(thread.slot);
  if (!thread.published) return epoch;
  const Epoch next{raw(epoch) + 1};
  thread.clock.set(thread.slot, next);
  ++thread.clockVersion;
  thread.published = false;
  return next;
}

inline void DetectorImpl::publishByLock(ThreadState& thread, uintptr_t lock, uint64_t learnings) {
  const SegmentId open = thread.segment.load(std::memory_order_relaxed);
  // Before the segment is closed: the collector, which looks at them the other way round, always finds it.
  if (open != kNoSegment) thread.closed.store(open, std::memory_order_release);
  publish(thread);
  thread.closedBy = open != kNoSegment ? lock : 0;
  thread.closedLearnings = learnings;
  thread.closedVersion = thread.clockVersion;
}

inline void DetectorImpl::reopen(ThreadState& thread) {
  const SegmentId id = thread.closed.load(std::memory_order_relaxed);
  segments.markIfMarking(id);  // the collector may have passed this thread
  thread.closedBy = 0;
  if (thread.published) {
    thread.published = false;
    if (thread.closedVersion != thread.clockVersion) thread.mixedEpoch = thread.clock.get(thread.slot);
  } else if (thread.segment.load(std::memory_order_relaxed) != kNoSegment) {
    leaveSegment(thread);
    thread.forgetDecisions();
    ++thread.resumed;
    thread.record->log.resumeSegment(logs, segments, id);
  }
  thread.segment.store(id, std::memory_order_release);
  thread.transitions.open();
  if (thread.abi != nullptr) thread.abi->ownHalf = HalfWord{id, 0xff}.bits();
}

inline void DetectorImpl::publish(ThreadState& thread) {
  thread.published = true;
  thread.atomics.forgetAll();
  thread.closedBy = 0;
  thread.segment.store(kNoSegment, std::memory_order_release);
  leaveSegment(thread);
}

inline void DetectorImpl::leaveSegment(ThreadState& thread) {
  thread.transitions.close();
  thread.shared.store(kNoSegment, std::memory_order_relaxed);
  if (thread.abi != nullptr) thread.closeHalves();
}

// Marks the thread as inside the detector: ids that it reads are not recycled, fork waits. Nests.
class Inside {
 public:
  Inside(DetectorImpl& detector, ThreadState& thread) : thread_(thread) { enter(detector, thread); }
  ~Inside() { leave(thread_); }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

  static void enter(DetectorImpl& detector, ThreadState& thread) {
    if (thread.depth++ == 0) resume(detector, thread);
  }
  // The same for a thread that is outside, without a wait: false if the gate is closed.
  static bool tryEnter(DetectorImpl& detector, ThreadState& thread) {
    thread.depth = 1;
    step(thread);
    if (SNAG_LIKELY(!detector.gateClosed.load(std::memory_order_acquire))) return true;
    leave(thread);
    return false;
  }
  static void leave(ThreadState& thread) {
    if (--thread.depth == 0) pause(thread);
  }

  // To wait for others a thread steps outside for a while; it must not hold ids across.
  static void pause(ThreadState& thread) {
    thread.activity.store(thread.activity.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }
  // Who finds the gate closed after it steps back outside.
  static void step(ThreadState& thread) {
    thread.activity.store(thread.activity.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    // The waiting side issues platform::processBarrier(), so no fence is needed here.
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
  static void resume(DetectorImpl& detector, ThreadState& thread) {
    for (;;) {
      step(thread);
      if (SNAG_LIKELY(!detector.gateClosed.load(std::memory_order_acquire))) return;
      pause(thread);
      while (detector.gateClosed.load(std::memory_order_relaxed)) platform::yield();
    }
  }

 private:
  ThreadState& thread_;
};

// The same for a thread that is outside the runtime and will look at the generation of answers before it believes any:
// one mark says to signals that they have to wait and to the collector and fork that it is inside. Who finds another
// generation leaves: the gate may be closed.
class QuickStay {
 public:
  static void begin(ThreadState& thread) {
    thread.inRuntime.store(WhereInRuntime::InQuick, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);  // as in Inside::step
  }
  static void end(ThreadState& thread) {
    thread.inRuntime.store(WhereInRuntime::Outside, std::memory_order_release);
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
};

// Waits until every thread but `self` is or has been outside the detector. The caller holds the collector's lock.
void waitUntilOthersLeft(DetectorImpl& detector, const ThreadState* self);

}  // namespace snag

#endif  // SNAG_CORE_DETECTOR_IMPL_H
