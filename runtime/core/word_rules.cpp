#include "core/word_rules.h"

#include <algorithm>

namespace snag {
namespace {

// What up to two have read, or written, of a word: put together from parts.
class TwoHistories {
 public:
  void add(SegmentId id, unsigned bytes) {
    if (bytes == 0) return;
    if (first_.bytes == 0 || first_.id == id) {
      first_ = {id, static_cast<ByteMask>(first_.bytes | bytes)};
    } else if (second_.bytes == 0 || second_.id == id) {
      second_ = {id, static_cast<ByteMask>(second_.bytes | bytes)};
    } else {
      fits_ = false;
    }
  }
  // False if a word cannot tell it.
  bool toReaders(ShadowWord* word) const {
    *word = second_.bytes == 0 ? ShadowWord({kNoSegment, 0}, first_) : ShadowWord::splitReaders(first_, second_.id);
    return isTold();
  }
  bool toWriters(ShadowWord* word) const {
    *word = second_.bytes == 0 ? ShadowWord(first_, {kNoSegment, 0}) : ShadowWord::splitWriters(first_, second_.id);
    return isTold();
  }

 private:
  bool isTold() const { return fits_ && (second_.bytes == 0 || (first_.bytes | second_.bytes) == 0xff); }

  HalfWord first_{kNoSegment, 0}, second_{kNoSegment, 0};
  bool fits_ = true;
};

}  // namespace

bool WordRules::forgetLine(ThreadState& thread, const SeenWord& seen) {
  if (seen.word.isEscaped()) return false;
  constexpr size_t kLine = 8;
  const auto line = reinterpret_cast<uintptr_t>(&seen.cell) & ~(kLine * sizeof(ShadowCell) - 1);
  for (size_t i = 0; i < kLine; ++i) {
    ShadowCell& cell = reinterpret_cast<ShadowCell*>(line)[i];
    const ShadowWord word(cell.load(std::memory_order_relaxed));
    if (word != ShadowWord() && !word.isEscaped()) cell.store(0, std::memory_order_relaxed);
  }
  ++thread.counts.decided;
  return true;
}

// As rememberShared: marked, so that the id means the same for as long as it is remembered.
void WordRules::rememberCrowd(DetectorImpl& detector, ThreadState& thread, HalfWord readers) {
  if (thread.abi == nullptr) return;
  const uint32_t place = readers.bits() % SNAG_JOINED_HALVES;
  thread.joined[place].store(readers.id, std::memory_order_relaxed);
  detector.segments.markIfMarking(readers.id);
  thread.abi->joinedHalves[place] = readers.bits();
  thread.hasJoined = true;
  if (thread.abi->sharedHalf == SNAG_NO_SEGMENT)
    WordRules{detector, thread, kNoSegment, false}.rememberShared(readers, 0xff);
}

SegmentId WordRules::pairOf(SegmentId one, SegmentId other) const {
  const SegmentId first = std::min(one, other), second = std::max(one, other);
  const SegmentId known = detector.segments.findPair(first, second);
  if (known != kNoSegment) return known;
  const SegmentId id = thread.ids.takeAny();
  if (id != kNoSegment) detector.segments.definePair(id, first, second);
  return id;
}

SegmentId WordRules::joinFew(WordRules rules, SegmentId id, bool isWhole) {
  SegmentTable& segments = rules.detector.segments;
  if (segments.isCrowd(id) || segments.sizeOf(id) > kFew) return kNoSegment;
  const uint32_t generation = segments.generation();
  SegmentId other = kNoSegment;
  uint32_t members = 0, unordered = 0;
  bool isAmong = false, wasAmong = false;
  segments.forEach(id, [&](SegmentId each) {
    ++members;
    if (each == rules.own) {
      isAmong = true;
    } else if (!rules.isOrdered(each)) {
      other = each;
      ++unordered;
    } else {
      wasAmong |= segments.time(each).slot == rules.thread.slot;
    }
  });
  if (wasAmong && unordered != 0 && isWhole && rules.isCrowdDue()) return kNoSegment;
  const SegmentId joined = unordered == 0                        ? rules.own
                           : unordered == 1                      ? rules.pairOf(rules.own, other)
                           : isAmong && members == unordered + 1 ? id
                                                                 : kNoSegment;
  if (joined != kNoSegment) rules.thread.survivors.remember(id, joined, generation);
  return joined;
}

template <uint32_t size, bool isWrite>
bool WordRules::decideQuickly(DetectorImpl& detector, ThreadState& thread, const SnagSite* site, uint64_t context,
                              uintptr_t address) {
  return decideHere<size, isWrite, true>(detector, thread, site, context, address);
}

#define SNAG_SIZED_DECISION(size)                                                                             \
  template bool WordRules::decideQuickly<size, false>(DetectorImpl&, ThreadState&, const SnagSite*, uint64_t, \
                                                      uintptr_t);                                             \
  template bool WordRules::decideQuickly<size, true>(DetectorImpl&, ThreadState&, const SnagSite*, uint64_t, uintptr_t);
SNAG_SIZED_DECISION(1)
SNAG_SIZED_DECISION(2)
SNAG_SIZED_DECISION(4)
SNAG_SIZED_DECISION(8)
#undef SNAG_SIZED_DECISION

bool WordRules::splitTransition(WordRules rules, ShadowWord word, ByteMask bytes, ShadowWord* next) {
  const SegmentId own = rules.own;
  const bool ofReaders = word.writer().bytes == 0;
  const HalfWord some = ofReaders ? word.reader() : word.writer();
  const SegmentId others = ofReaders ? word.writer().id : word.reader().id;
  const unsigned in = some.bytes & bytes, out = bytes & ~some.bytes;
  const unsigned leftIn = some.bytes & ~bytes, leftOut = 0xffu & ~(some.bytes | bytes);
  TwoHistories histories;
  if (!rules.isWrite && ofReaders) {
    const SegmentId joined = in != 0 ? rules.joinReaders(some.id, false) : own,
                    joinedOthers = out != 0 ? rules.joinReaders(others, false) : own;
    if (joined == kNoSegment || joinedOthers == kNoSegment) return false;
    histories.add(joined, in);
    histories.add(joinedOthers, out);
    histories.add(some.id, leftIn);
    histories.add(others, leftOut);
    return histories.toReaders(next);
  }
  if ((in != 0 && !rules.isOrdered(some.id)) || (out != 0 && !rules.isOrdered(others))) return false;
  if (!rules.isWrite) {
    *next = word;  // a read of what the segment has written
    return (in == 0 || some.id == own) && (out == 0 || others == own);
  }
  if (!ofReaders) {
    histories.add(own, bytes);
    histories.add(some.id, leftIn);
    histories.add(others, leftOut);
    return histories.toWriters(next);
  }
  if (leftIn != 0 && leftOut != 0) return false;
  const HalfWord left = leftIn != 0    ? HalfWord{some.id, static_cast<ByteMask>(leftIn)}
                        : leftOut != 0 ? HalfWord{others, static_cast<ByteMask>(leftOut)}
                                       : HalfWord{kNoSegment, 0};
  *next = ShadowWord({own, bytes}, left);
  return true;
}

// The bytes that others have read, and this read has not, stay theirs.
bool WordRules::splitReaders(WordRules rules, ShadowWord word, SegmentId joined, ByteMask bytes, ShadowWord* next) {
  const HalfWord writer = word.writer(), reader = word.reader();
  if (writer.bytes == 0) {
    TwoHistories histories;
    histories.add(joined, reader.bytes & bytes);
    histories.add(rules.own, bytes & ~reader.bytes);
    histories.add(reader.id, reader.bytes & ~bytes);
    if (histories.toReaders(next)) return true;
  }
  *next = ShadowWord(writer, {rules.own, bytes});
  return rules.detector.isBehindAll(reader.id);
}

}  // namespace snag
