// The rules for one access (FastTrack, byte by byte), applied to the shadow words it touches.
//
// A word is usually decided without a lock, from one load and one compare-exchange; a word whose bytes have different
// histories, or where an atomic or a lock lives, under its lock. Races found in a word are handed to the sink when no
// lock is held.
#ifndef SNAG_CORE_ACCESS_CHECK_H
#define SNAG_CORE_ACCESS_CHECK_H

#include "core/word_rules.h"

namespace snag {

// Racing pairs found in one word, merged over its bytes.
class PendingRaces {
 public:
  void add(SegmentId earlier, bool isWrite, ByteMask bytes);
  void add(const AtomicAccess& earlier, ByteMask bytes);
  void clear() { races_.clear(); }
  bool empty() const { return races_.empty(); }
  // Hands them to the sink. `race` holds what all have in common; wordAddress is where the word's bytes are.
  void deliver(DetectorImpl& detector, Race race, uintptr_t wordAddress);

 private:
  struct Pending {
    SegmentId segment;  // kNoSegment: an atomic access
    AtomicAccess atomic;
    bool isWrite;
    ByteMask bytes;
  };
  boost::container::small_vector<Pending, 8, ArenaAllocator<Pending>> races_;
};

class AccessCheck {
 public:
  // size > 0; the whole range has shadow. The thread is inside the detector and holds no word's lock, until the check
  // is over.
  AccessCheck(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t address, size_t size,
              uint8_t kind);
  // Checks a part of it.
  void run(AddressRange part);

 private:
  // The common cases: nothing races, and one id a half can tell the result. False: checkWord must decide.
  bool quickWord(uintptr_t wordAddress, ByteMask bytes);
  __attribute__((noinline)) void checkWord(uintptr_t wordAddress, ByteMask bytes);
  // What is in one page, with one claim instead of a compare-exchange for each word, up to the first that needs more;
  // where that is.
  uintptr_t sweep(uintptr_t start, uintptr_t end);
  // Bytes of one word, and whole words: false, or how many, likewise. The page is claimed.
  bool sweepPart(uintptr_t address, size_t bytes);
  size_t sweepWords(ShadowCell* cells, size_t words);

  // Each returns false if the word changed meanwhile and must be looked at again.
  bool checkInline(const SeenWord& seen, uintptr_t wordAddress, ByteMask bytes, PendingRaces& races);
  bool checkEscaped(ShadowCell& cell, uintptr_t wordAddress, ByteMask bytes, PendingRaces& races);
  bool escapeWith(const SeenWord& seen, uintptr_t wordAddress, const WordHistory& history);

  // Forgets what nothing can race with any more.
  void prune(WordHistory& history) const;
  // The bytes for which this segment has done the access before.
  ByteMask doneBefore(const WordHistory& history) const {
    const ByteMask written = history.writtenBy(rules_.own);
    return rules_.isWrite ? written : static_cast<ByteMask>(written | history.readBy(rules_.own));
  }
  // applyRules for the common cases: nothing races, and no set has to be built. False: *next is undefined.
  bool quickRules(const WordHistory& history, ByteMask bytes, WordHistory* next) const;

  // Gives an inline word whose readers change all the time a crowd. False, and nothing done, if it should not have one
  // or something races; or if the word has changed.
  bool gatherCrowd(const SeenWord& seen, uintptr_t wordAddress, ByteMask bytes);

  // Applies the rules to the bytes; returns those whose history had to be looked at (the others are of this segment
  // already).
  ByteMask applyRules(WordHistory& history, ByteMask bytes, PendingRaces& races);
  void applyToAtomics(ShadowWord word, ByteMask bytes, PendingRaces& races);

  // The segments of `id` that are not ordered before this thread; `withOwn` adds the own segment.
  SegmentId survivors(SegmentId id, bool withOwn);
  using Members = boost::container::small_vector<SegmentId, 16, ArenaAllocator<SegmentId>>;
  void findSurvivors(SegmentId id, bool withOwn, Members& members) const;  // sorted
  SegmentId makeSet(const SegmentId* members, uint32_t count);
  void report(SegmentId id, bool isWrite, ByteMask bytes, PendingRaces& races);
  void logOnce();

  DetectorImpl& detector_;
  ThreadState& thread_;
  const Place& place_;
  const uintptr_t address_;
  const size_t size_;
  const uint8_t kind_;
  WordRules rules_;
  bool logged_ = false;
  // Whole words of a range mostly have one history: what the last one was, and became.
  ShadowWord lastWhole_, lastWholeNext_;  // lastWholeNext_ is 0 before the first
};

}  // namespace snag

#endif  // SNAG_CORE_ACCESS_CHECK_H
