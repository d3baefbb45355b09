// The rules for one access to one shadow word in the cases that need no lock and build no set. All but a few of the
// accesses that reach the detector are decided here.
#ifndef SNAG_CORE_WORD_RULES_H
#define SNAG_CORE_WORD_RULES_H

#include "core/detector_impl.h"

namespace snag {

struct WordRules {
  DetectorImpl& detector;
  ThreadState& thread;  // inside the detector
  SegmentId own;        // its open segment
  bool isWrite;
  bool isShortRead = false;  // of so few words that one may be worth a crowd: what is read in long ranges shares sets

  // The segment has done the same before.
  bool isRepeated(ShadowWord word, ByteMask bytes) const {
    return word.writer().covers(own, bytes) || (!isWrite && word.reader().covers(own, bytes));
  }
  SNAG_ALWAYS_INLINE bool isOrdered(SegmentId id) const { return id == own || detector.isOrdered(thread, id); }
  // What the readers `id` and this thread's read make together, if they are one or two; else, or if the word is to have
  // a crowd, kNoSegment.
  SegmentId joinReaders(SegmentId id, bool isWhole) const;
  // The set of two. kNoSegment if the thread has no id at hand to make it.
  SegmentId pairOf(SegmentId one, SegmentId other) const;
  // The word after the access if nothing races and one id a half can tell it; the word itself if the access adds
  // nothing. False: *next is undefined.
  bool transition(ShadowWord word, ByteMask bytes, ShadowWord* next) const;
  // The same for `size` bytes (1, 2, 4 or 8) at `offset`, to be remembered by the thread for words that look like this
  // one.
  bool rememberTransition(ShadowWord word, size_t offset, size_t size, ShadowWord* next) const;
  // The rarer parts. They take the rules by value, so that those of the usual path can stay in registers.
  SNAG_RARE static bool splitTransition(WordRules rules, ShadowWord word, ByteMask bytes, ShadowWord* next);
  SNAG_RARE static bool splitReaders(WordRules rules, ShadowWord word, SegmentId joined, ByteMask bytes,
                                     ShadowWord* next);
  SNAG_RARE static SegmentId joinFew(WordRules rules, SegmentId id, bool isWhole);
  // For an access to a word that shows a crowd (crowds.h): the thread is among the readers now, and log() has said
  // where before others could see that. False if the word must be looked at under its lock: it is no read of the whole
  // word, races, there is no room in the log, the word has changed meanwhile, or has been read again so often that a
  // set would serve better.
  template <typename Log>
  bool joinCrowd(const SeenWord& seen, ByteMask bytes, Log&& log) const;
  // The hooks need not call for that word again. Not done at the first read: of many words there is no second one, and
  // they would push out the others.
  SNAG_RARE static void rememberCrowd(DetectorImpl& detector, ThreadState& thread, HalfWord readers);
  // An access in front of the detector, to a word that looks like none that is remembered; see quick_access.h. False if
  // the detector must see to it. Keeps all registers, so that its caller need not.
  template <uint32_t size, bool isWrite>
  SNAG_RARE static bool decideQuickly(DetectorImpl& detector, ThreadState& thread, const SnagSite* site,
                                      uint64_t context, uintptr_t address);
  // The same in the caller's frame; without `isRemembered`, for threads that have no answers.
  template <uint32_t size, bool isWrite, bool isRemembered = false>
  static bool decideHere(DetectorImpl& detector, ThreadState& thread, const SnagSite* site, uint64_t context,
                         uintptr_t address);
  // The same for accesses to words, of which all are touched as a whole or the first and the last may not be, if
  // wholeTransition() tells what becomes of each (transition() of those two), or they are repeated. Makes no calls that
  // change registers, so that its caller has few to save: most of what threads ask for that have no answers. Words that
  // are decided stay so if a later one is not: to whoever decides about all they are repeated.
  template <bool isWrite, bool areWhole>
  static bool decideWords(DetectorImpl& detector, ThreadState& thread, const SnagSite* site, uint64_t context,
                          uintptr_t address, uint32_t size);
  // The same for a read of a whole word that shows a crowd.
  static bool decideCrowd(DetectorImpl& detector, ThreadState& thread, const SnagSite* site, uint64_t context,
                          uintptr_t address);
  // An access of a thread that is alone. Who goes through memory comes to the words beside it next, and nobody else is
  // inside the detector. False if there is more behind the word.
  SNAG_RARE static bool forgetLine(ThreadState& thread, const SeenWord& seen);
  // Sets of up to so many are joined without a look at the word. Of more members most are left, and whoever makes
  // larger sets looks at them anyway.
  static constexpr uint32_t kFew = 3;
  // Of the thread's reads that might give a word a crowd, whether this one is to. Asked once a read: by joinFew(), or
  // of larger sets by whoever makes those.
  bool isCrowdDue() const;
  bool mayGather() const;  // false: none of them
  // transition() for a word that is not escaped and to which the access adds something, or shares it.
  bool quickTransition(ShadowWord word, ByteMask bytes, ShadowWord* next) const;
  // transition() for an access to all of a word that adds something, if both halves name ordered segments or none.
  bool wholeTransition(ShadowWord word, ShadowWord* next) const;
  // Of bytes that this half names; neither sets are looked at nor what halves mean that are marks.
  bool isOrderedSegment(HalfWord half) const;
  // False if the word has changed meanwhile.
  bool publish(const SeenWord& seen, ShadowWord next) const;
  // A read has changed nothing: for those of its bytes that are theirs, the thread is among these readers.
  void rememberShared(HalfWord readers, ByteMask bytes) const;
};

SNAG_ALWAYS_INLINE SegmentId WordRules::joinReaders(SegmentId id, bool isWhole) const {
  const SegmentTable& segments = detector.segments;
  SegmentTime time;
  if (id == own || (segments.find(id, &time) && DetectorImpl::isOrdered(thread, time))) return own;
  const SegmentId known = thread.survivors.find(id, segments.generation());
  return SNAG_LIKELY(known != kNoSegment) ? known : joinFew(*this, id, isWhole);
}

SNAG_ALWAYS_INLINE bool WordRules::quickTransition(ShadowWord word, ByteMask bytes, ShadowWord* next) const {
  if (SNAG_UNLIKELY(word.isSplit())) {
    ShadowWord result;
    const bool isTold = splitTransition(*this, word, bytes, &result);
    *next = result;
    return isTold;
  }
  const HalfWord writer = word.writer(), reader = word.reader();
  const auto others = static_cast<ByteMask>(~bytes);
  if ((writer.bytes & bytes) != 0 && !isOrdered(writer.id)) return false;
  if (!isWrite) {
    if (reader.id == own || reader.bytes == 0) {
      *next = ShadowWord(writer, {own, static_cast<ByteMask>(reader.bytes | bytes)});
      return true;
    }
    const SegmentId readers = (reader.bytes & bytes) != 0 ? joinReaders(reader.id, bytes == 0xff) : own;
    if (readers == kNoSegment) return false;
    if ((reader.bytes & others) == 0 && (readers == own || reader.bytes == bytes)) {
      *next = ShadowWord(writer, {readers, bytes});
      return true;
    }
    ShadowWord result;
    const bool isTold = splitReaders(*this, word, readers, bytes, &result);
    *next = result;
    return isTold;
  }
  if ((reader.bytes & bytes) != 0 && !isOrdered(reader.id)) return false;
  const auto readers = static_cast<ByteMask>(reader.bytes & others);
  if ((writer.bytes & others) != 0 && writer.id != own) {
    if (readers == 0 && (writer.bytes | bytes) == 0xff) {
      *next = ShadowWord::splitWriters({own, bytes}, writer.id);
      return true;
    }
    if (!detector.isBehindAll(writer.id)) return false;
  }
  const ByteMask before = writer.id == own ? writer.bytes : ByteMask{0};
  *next = ShadowWord({own, static_cast<ByteMask>(before | bytes)}, {readers != 0 ? reader.id : kNoSegment, readers});
  return true;
}

SNAG_ALWAYS_INLINE bool WordRules::isOrderedSegment(HalfWord half) const {
  SegmentTime time;
  return half.bits() == kEmptyHalf ||
         (!half.isMark() && detector.segments.find(half.id, &time) && DetectorImpl::isOrdered(thread, time));
}

SNAG_ALWAYS_INLINE bool WordRules::wholeTransition(ShadowWord word, ShadowWord* next) const {
  const HalfWord whole{own, 0xff}, writer = word.writer(), reader = word.reader();
  if (writer.bits() == whole.bits() || (!isWrite && reader.bits() == whole.bits()) || !isOrderedSegment(writer) ||
      !isOrderedSegment(reader))
    return false;
  *next = isWrite ? ShadowWord(whole, {}) : ShadowWord(word.writer(), whole);
  return true;
}

SNAG_ALWAYS_INLINE bool WordRules::transition(ShadowWord word, ByteMask bytes, ShadowWord* next) const {
  *next = word;
  if (isRepeated(word, bytes)) return true;
  if (SNAG_UNLIKELY(word.isEscaped())) return false;
  if (!quickTransition(word, bytes, next)) return false;
  if (*next == word) rememberShared(word.reader(), bytes);
  return true;
}

SNAG_ALWAYS_INLINE bool WordRules::rememberTransition(ShadowWord word, size_t offset, size_t size,
                                                      ShadowWord* next) const {
  const uint32_t generation = detector.segments.generation();
  if (!transition(word, byteMask(offset, size), next)) return false;
  if (*next != word && SegmentTable::mayRemember(generation))
    thread.transitions.remember(word, TransitionCache::shapeOf(offset, size, isWrite), generation, *next);
  return true;
}

SNAG_ALWAYS_INLINE bool WordRules::publish(const SeenWord& seen, ShadowWord next) const {
  if (SNAG_LIKELY(detector.config.exact)) return detector.replace(seen, next);
  seen.cell.store(next.bits(), std::memory_order_release);
  return true;
}

inline bool WordRules::mayGather() const {
  const ThreadCounts& counts = thread.counts;
  return isShortRead && detector.config.crowdOneIn != 0 &&
         counts.checks.get() <= counts.segments.get() * detector.config.crowdChecks;
}

inline bool WordRules::isCrowdDue() const {
  const uint32_t oneIn = detector.config.crowdOneIn;
  if (!mayGather()) return false;
  // Any sequence will do that no program keeps step with.
  thread.crowdDice = thread.crowdDice * 0x0019'660d + 0x3c6e'f35f;
  return (thread.crowdDice >> 16) % oneIn == 0;
}

template <typename Log>
SNAG_ALWAYS_INLINE bool WordRules::joinCrowd(const SeenWord& seen, ByteMask bytes, Log&& log) const {
  constexpr uint32_t kManyRepeats = 64;
  if (isWrite) return false;
  const HalfWord readers = seen.word.reader();
  SegmentTable& segments = detector.segments;
  if (!Crowds::admits(thread.slot)) return false;
  const Crowds::Place place = segments.placeIn(readers.id, thread.slot);
  if (place.holds(own)) {
    rememberCrowd(detector, thread, readers);
    return place.noteRepeat() < kManyRepeats;
  }
  const SegmentId writer = segments.writerOfCrowd(readers.id);
  if (bytes != 0xff || (writer != kNoSegment && !isOrdered(writer)) || !log()) return false;
  place.join(own);
  return SNAG_LIKELY(seen.cell.load(std::memory_order_seq_cst) == seen.word.bits()) &&
         detector.sweepClaims.isKept(seen.cell, seen.word.bits(), seen.claims);
}

template <uint32_t size, bool isWrite, bool isRemembered>
SNAG_ALWAYS_INLINE bool WordRules::decideHere(DetectorImpl& detector, ThreadState& thread, const SnagSite* site,
                                              uint64_t context, uintptr_t address) {
  if (thread.ignoreDepth != 0 || !SegmentTable::mayRemember(detector.segments.generation())) return false;
  const SeenWord seen = detector.see(detector.cell(address));
  const SegmentId own = detector.openSegmentQuickly(thread);
  if (SNAG_UNLIKELY(own == kNoSegment)) return thread.alone.load(std::memory_order_relaxed) && forgetLine(thread, seen);
  const WordRules rules{detector, thread, own, isWrite, !isWrite};
  const size_t offset = address % kCellBytes;
  const auto log = [&]() __attribute__((always_inline)) {
    return detector.logInFront(thread, site, context, address, size);
  };
  if (ShadowReadahead::mayBegin(address, seen.word)) return false;
  if (seen.word.showsCrowd()) return rules.joinCrowd(seen, byteMask(offset, size), log);
  ShadowWord next;
  if constexpr (isRemembered) {
    if (!rules.rememberTransition(seen.word, offset, size, &next)) return false;
  } else {
    if (!rules.transition(seen.word, byteMask(offset, size), &next)) return false;
    thread.transitions.noteUnused();
  }
  if (next != seen.word && !(log() && rules.publish(seen, next))) return false;
  ++thread.counts.decided;
  return true;
}

template <bool isWrite, bool areWhole>
SNAG_ALWAYS_INLINE bool WordRules::decideWords(DetectorImpl& detector, ThreadState& thread, const SnagSite* site,
                                               uint64_t context, uintptr_t address, uint32_t size) {
  if (thread.ignoreDepth != 0 || !SegmentTable::mayRemember(detector.segments.generation())) return false;
  const SegmentId own = detector.openSegmentQuickly(thread);
  if (own == kNoSegment) return false;
  const WordRules rules{detector, thread, own, isWrite};
  const bool isOneWord = areWhole && size == kCellBytes;
  const size_t before = areWhole ? 0 : address % kCellBytes, end = before + size;  // in the words that it touches
  bool isLogged = false;
  for (size_t at = 0; at < end; at += kCellBytes) {
    const uintptr_t word = address - before + at;
    ByteMask bytes = 0xff;
    if (!areWhole && at < before) bytes = static_cast<ByteMask>(bytes << before);
    if (!areWhole && end - at < kCellBytes) bytes &= byteMask(0, end - at);
    const SeenWord seen = detector.see(detector.cell(word));
    if (!isOneWord && rules.isRepeated(seen.word, bytes)) continue;
    ShadowWord next;
    if (ShadowReadahead::mayBegin(word, seen.word)) return false;
    const bool isWhole = areWhole || bytes == 0xff;
    if (isWhole ? !rules.wholeTransition(seen.word, &next) : !rules.transition(seen.word, bytes, &next)) return false;
    if (!isWhole && next == seen.word) continue;
    if (!isLogged)
      isLogged = isOneWord ? detector.logInFront(thread, site, context, address, size)
                           : detector.logKnown(thread, site, context, address, size);
    if (!isLogged || !rules.publish(seen, next)) return false;
  }
  if (isOneWord)
    thread.transitions.noteUnused();
  else
    ++thread.counts.ranges;
  ++thread.counts.decided;
  return true;
}

SNAG_ALWAYS_INLINE bool WordRules::decideCrowd(DetectorImpl& detector, ThreadState& thread, const SnagSite* site,
                                               uint64_t context, uintptr_t address) {
  if (thread.ignoreDepth != 0 || !SegmentTable::mayRemember(detector.segments.generation())) return false;
  const SegmentId own = detector.openSegmentQuickly(thread);
  if (own == kNoSegment) return false;
  const SeenWord seen = detector.see(detector.cell(address));
  if (!seen.word.showsCrowd()) return false;
  return WordRules{detector, thread, own, false}.joinCrowd(
      seen, 0xff, [&]() __attribute__((always_inline)) {
        return detector.logInFront(thread, site, context, address, kCellBytes);
      });
}

// Words read by the same threads carry the same set: the next one passes without entering the detector. The mark keeps
// the set from being recycled by a collection that has already looked at this thread.
inline void WordRules::rememberShared(HalfWord readers, ByteMask bytes) const {
  const SegmentId set = readers.id;
  if (thread.abi == nullptr || set == own || (readers.bytes & bytes) == 0) return;
  thread.shared.store(set, std::memory_order_relaxed);
  detector.segments.markIfMarking(set);
  thread.abi->sharedHalf = HalfWord{set, 0xff}.bits();
}

}  // namespace snag

#endif  // SNAG_CORE_WORD_RULES_H
