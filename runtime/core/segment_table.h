// Segments, and interned sets of segments, behind 24-bit ids.
//
// A segment is the stretch of one thread between two of its releases: the unit that happens-before can tell apart. A
// set stands for several unordered readers or writers of the same bytes; it is immutable and interned, so one id can
// sit in many shadow words. Only a crowd is the set of one word, and changes. Thread-safe. An id may be used for as
// long as it is reachable, or until the thread that read it leaves the detector (see collector.h).
#ifndef SNAG_CORE_SEGMENT_TABLE_H
#define SNAG_CORE_SEGMENT_TABLE_H

#include "core/check.h"
#include "core/crowds.h"
#include "core/reserved_array.h"
#include "core/shadow_word.h"
#include "core/spin_lock.h"
#include "core/types.h"

namespace snag {

struct Segment {
  ThreadSlot slot;
  Epoch epoch;
  uint32_t record;         // number of the ThreadRecord in its pool
  uint32_t logChunk;       // where its part of the access log begins
  bool isInParts = false;  // it has several, with others' between them
};

// When a segment was: what tells whether it is ordered before something else.
struct SegmentTime {
  ThreadSlot slot;
  Epoch epoch;
};

class SegmentTable {
 public:
  // Hands out ids below `limit` (at most kMaxSegmentIds).
  explicit SegmentTable(uint32_t limit);
  ~SegmentTable();

  // Takes up to `count` unused ids; returns how many there were.
  uint32_t take(uint32_t* ids, uint32_t count);
  // Takes kRow unused ids in a row for a thread that uses them for its segments only: the first one for what it does in
  // that epoch, each next one for the next epoch, or not at all. Their times can then be looked up in an eighth of a
  // cache line for all of them. kNoSegment if there are no such ids.
  SegmentId takeRow(ThreadSlot slot, Epoch epoch);
  // Gives back ids that were taken and never stored anywhere.
  void giveBack(const uint32_t* ids, uint32_t count);
  void define(SegmentId id, const Segment& segment) {
    Entry& e = entry(id);
    e.epochOrNext = raw(segment.epoch);
    e.record = segment.record;
    e.logChunk = segment.logChunk;
    e.slotOrCount = raw(segment.slot);
  }

  bool isSet(SegmentId id) const { return rowOf(id) == 0 && (entry(id).slotOrCount & kSetFlag) != 0; }
  // Of a segment, or of kNoSegment: that was in epoch 0.
  SegmentTime time(SegmentId id) const {
    SegmentTime time;
    find(id, &time);
    return time;
  }
  // The same. False, and *time is undefined, if it is a set.
  bool find(SegmentId id, SegmentTime* time) const {
    if (const uint64_t row = rowOf(id); SNAG_LIKELY(row != 0)) {
      *time = {ThreadSlot{static_cast<uint32_t>(row)}, Epoch{static_cast<uint32_t>(row >> 32) + raw(id) % kRow}};
      return true;
    }
    const Entry& e = entry(id);
    *time = {ThreadSlot{e.slotOrCount}, Epoch{e.epochOrNext}};
    return SNAG_LIKELY((e.slotOrCount & kSetFlag) == 0);
  }
  Segment segment(SegmentId id) const {
    const Entry& e = entry(id);
    return {ThreadSlot{e.slotOrCount}, Epoch{e.epochOrNext}, e.record, e.logChunk & ~kInParts,
            (e.logChunk & kInParts) != 0};
  }
  void moveLog(SegmentId id, uint32_t logChunk) { entry(id).logChunk = logChunk | (entry(id).logChunk & kInParts); }
  void noteParts(SegmentId id) { entry(id).logChunk |= kInParts; }

  // Calls visit(SegmentId) for each segment that the id stands for; nothing for kNoSegment. In ascending order, unless
  // it is a crowd.
  template <typename Visit>
  void forEach(SegmentId id, Visit&& visit) const {
    if (id == kNoSegment) return;
    if (SNAG_LIKELY(!isSet(id))) return visit(id);
    const Entry& e = entry(id);
    if (SNAG_UNLIKELY((e.slotOrCount & kCrowdFlag) != 0)) return crowds_.forEach(e.crowd.number, visit);
    const uint32_t count = e.slotOrCount & ~kSetFlag;
    const SegmentId* members = membersOf(e);
    for (uint32_t i = 0; i < count; ++i) visit(members[i]);
  }
  bool contains(SegmentId id, SegmentId member) const;
  // How many segments a set holds that is no crowd; 0 for a segment.
  uint32_t sizeOf(SegmentId id) const { return isSet(id) ? entry(id).slotOrCount & ~kSetFlag : 0; }

  // Makes a taken id the set of two segments, first < second. Pairs are not interned, but the latest are remembered, so
  // that two readers of the same words mostly agree on one id.
  void definePair(SegmentId id, SegmentId first, SegmentId second);
  // The latest pair of these, if it is remembered; else kNoSegment.
  SegmentId findPair(SegmentId first, SegmentId second);
  // The id that its readers should agree on.
  SegmentId canonical(SegmentId set) {
    if (sizeOf(set) != 2) return set;
    const Entry& e = entry(set);
    const SegmentId known = findPair(e.pair[0], e.pair[1]);
    return known != kNoSegment ? known : set;
  }
  // The set of these segments, which are sorted and distinct; a single one is itself, none is kNoSegment. kNoSegment
  // also if no id is left.
  SegmentId intern(const SegmentId* members, uint32_t count);

  // A crowd of these segments, which have read one word that `writer` wrote last (kNoSegment if nobody did). kNoSegment
  // if there are enough crowds already.
  SegmentId makeCrowd(const SegmentId* members, uint32_t count, SegmentId writer);
  bool isCrowd(SegmentId id) const { return isSet(id) && (entry(id).slotOrCount & kCrowdFlag) != 0; }
  SegmentId writerOfCrowd(SegmentId id) const { return entry(id).crowd.writer; }
  bool hasJoined(SegmentId crowd, ThreadSlot slot, SegmentId segment) const {
    return crowds_.holds(entry(crowd).crowd.number, slot, segment);
  }
  // Of a slot that Crowds::admits().
  Crowds::Place placeIn(SegmentId crowd, ThreadSlot slot) { return crowds_.place(entry(crowd).crowd.number, slot); }

  // --- for the collector: marks survive a sweep, everything else that was not taken since startMarking() is freed.
  void startMarking();
  // Marks an id and, for a set, its members; but not those of a crowd: they are reachable through its word only. Any
  // thread.
  SNAG_RARE void mark(SegmentId id);
  // The same with the members of a crowd, and with its writer. Who joins later does so with an open segment.
  void markNamed(SegmentId id);
  // The same for a thread inside the detector that makes an id reachable from itself: a marking that begins later looks
  // at the thread when it has left.
  void markIfMarking(SegmentId id) {
    if (SNAG_UNLIKELY(marking_.load(std::memory_order_relaxed))) mark(id);
  }
  // Asked for by a thread inside the detector: if not, none begins before it has left.
  bool isMarking() const { return marking_.load(std::memory_order_acquire); }
  bool isMarked(SegmentId id) const;
  bool isDefined(SegmentId id) const;
  // Takes unmarked ids out of the interning table and puts them in limbo; returns how many.
  uint32_t sweep();
  // After every thread has left the detector once: limbo becomes free.
  void releaseLimbo();

  // Changes whenever ids may change their meaning, or stop being kept alive by what named them: remembered answers
  // about ids hold while it stays the same. Asked for by a thread inside the detector.
  uint32_t generation() const { return generation_.load(std::memory_order_acquire); }
  // Answers that were remembered until now hold no more.
  void endAnswers() { generation_.fetch_add(kGeneration, std::memory_order_acq_rel); }
  // The same, and until resumeAnswers() nothing may be remembered: the gate is closed, and who stands before it may ask
  // for nothing but the generation.
  void suspendAnswers() { generation_.fetch_or(kSuspended, std::memory_order_acq_rel); }
  void resumeAnswers() { generation_.fetch_add(kSuspended, std::memory_order_acq_rel); }
  // Nothing may be remembered from now on.
  void endAnswersForGood() { generation_.fetch_or(kNoMore, std::memory_order_acq_rel); }
  // Whether an answer that was made in this generation (asked for before) may be remembered.
  static bool mayRemember(uint32_t generation) { return (generation & (kSuspended | kNoMore)) == 0; }

  uint32_t inUse() const { return inUse_.load(std::memory_order_relaxed); }
  uint32_t limit() const { return limit_; }
  // One past the highest id that was ever handed out, or might have been with it.
  uint32_t end() const { return next_.load(std::memory_order_acquire); }

  static constexpr uint32_t kRow = 32;

 private:
  static constexpr uint32_t kSetFlag = 0x8000'0000, kCrowdFlag = 0x4000'0000;
  static constexpr uint32_t kInParts = 0x8000'0000;  // beside the number of a chunk
  struct Entry {  // a Segment, or a set: count | kSetFlag, next in its bucket, members; or kSetFlag | kCrowdFlag
    uint32_t slotOrCount;
    uint32_t epochOrNext;
    union {
      struct {
        uint32_t record, logChunk;
      };
      const SegmentId* members;  // of three and more
      SegmentId pair[2];
      struct {
        SegmentId writer;
        uint32_t number;
      } crowd;
    };
  };
  static_assert(sizeof(Entry) == 16);
  enum State : uint8_t { Unused = 0, Taken = 1, Limbo = 2 };  // of each id

  static constexpr uint32_t kLatestPairs = 4096;
  std::atomic<uint32_t>& latestPair(SegmentId first, SegmentId second) {
    return latestPairs_[(raw(first) * uint64_t{0x9e37'79b9'7f4a'7c15} ^
                         raw(second) * uint64_t{0xbf58'476d'1ce4'e5b9}) >>
                        52];
  }

  static const SegmentId* membersOf(const Entry& e) { return (e.slotOrCount & ~kSetFlag) == 2 ? e.pair : e.members; }
  Entry& entry(SegmentId id) const { return entries_[raw(id)]; }
  uint64_t rowOf(SegmentId id) const { return rows_[raw(id) / kRow].load(std::memory_order_relaxed); }
  void beginUse(uint32_t id);
  void takeMore();
  bool isUnusedRow(uint32_t row) const;
  void rebuildFree();
  uint32_t unusedRow();
  void free(uint32_t id);
  static constexpr uint32_t kSuspended = 1, kGeneration = 2, kNoMore = 1u << 31;

  const uint32_t limit_;
  const ReservedArray<Entry> entries_;
  // Of each kRow ids that were taken together, and of which none has been taken alone since: the slot of their
  // segments, and in the high half the epoch that the first of them is for. Else 0.
  const ReservedArray<std::atomic<uint64_t>> rows_;
  const ReservedArray<std::atomic<uint8_t>>
      marks_;                               // bit 0: marked; a byte an id, so that marking needs no read-modify-write
  const ReservedArray<uint8_t> states_;     // lock_
  const ReservedArray<uint32_t> freeIds_;   // lock_; a stack
  uint32_t freeCount_ = 0;                  // lock_
  const ReservedArray<uint32_t> freeRows_;  // lock_; a stack of the first ids of rows that are unused as a whole
  uint32_t freeRowCount_ = 0;               // lock_
  Crowds crowds_;                           // which numbers are taken: lock_
  std::atomic<uint32_t> next_{1};           // written under lock_
  std::atomic<uint32_t> inUse_{0};
  std::atomic<bool> marking_{false};
  std::atomic<uint32_t> generation_{kGeneration};
  mutable SpinLock lock_;
  SpinLock internLock_;         // protects buckets_ and chains; taken before lock_
  const uint32_t bucketCount_;  // a power of two, one for sixteen ids: sweeping walks them all
  const ReservedArray<uint32_t> buckets_;
  std::atomic<uint32_t> latestPairs_[kLatestPairs] = {};  // none from before the last sweep
};

}  // namespace snag

#endif  // SNAG_CORE_SEGMENT_TABLE_H
