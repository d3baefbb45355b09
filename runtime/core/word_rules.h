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

  // The segment has done the same before.
  bool isRepeated(ShadowWord word, ByteMask bytes) const {
    return word.writer().covers(own, bytes) || (!isWrite && word.reader().covers(own, bytes));
  }
  bool isOrdered(SegmentId id) const { return id == own || detector.isOrdered(thread, id); }
  // What the readers `id` and this thread's read make together, if that is known without building a set; else
  // kNoSegment.
  SegmentId joinReaders(SegmentId id) const;
  // The word after the access if nothing races and one id a half can tell it. False: *next is undefined.
  bool quickTransition(ShadowWord word, ByteMask bytes, ShadowWord* next) const;
  bool splitTransition(ShadowWord word, ByteMask bytes, ShadowWord* next) const;
  // False if the word has changed meanwhile.
  bool publish(ShadowCell& cell, ShadowWord old, ShadowWord next) const;
  // A read has changed nothing: for those of its bytes that are theirs, the thread is among these readers.
  void rememberShared(HalfWord readers, ByteMask bytes) const;
};

inline SegmentId WordRules::joinReaders(SegmentId id) const {
  const SegmentTable& segments = detector.segments;
  if (!segments.isSet(id) && isOrdered(id)) return own;
  return thread.survivors.find(id, segments.generation());
}

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

inline bool WordRules::quickTransition(ShadowWord word, ByteMask bytes, ShadowWord* next) const {
  if (word.isSplit()) return splitTransition(word, bytes, next);
  const HalfWord writer = word.writer(), reader = word.reader();
  const auto others = static_cast<ByteMask>(~bytes);
  if ((writer.bytes & bytes) != 0 && !isOrdered(writer.id)) return false;
  if (!isWrite) {
    if (reader.id == own || reader.bytes == 0) {
      *next = ShadowWord(writer, {own, static_cast<ByteMask>(reader.bytes | bytes)});
      return true;
    }
    const SegmentId readers = (reader.bytes & bytes) != 0 ? joinReaders(reader.id) : own;
    if (readers == kNoSegment) return false;
    if ((reader.bytes & others) == 0 && (readers == own || reader.bytes == bytes)) {
      *next = ShadowWord(writer, {readers, bytes});
      return true;
    }
    if (writer.bytes == 0) {
      TwoHistories histories;
      histories.add(readers, reader.bytes & bytes);
      histories.add(own, bytes & ~reader.bytes);
      histories.add(reader.id, reader.bytes & others);
      if (histories.toReaders(next)) return true;
    }
    *next = ShadowWord(writer, {own, bytes});
    return detector.isBehindAll(reader.id);
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

inline bool WordRules::splitTransition(ShadowWord word, ByteMask bytes, ShadowWord* next) const {
  const bool ofReaders = word.writer().bytes == 0;
  const HalfWord some = ofReaders ? word.reader() : word.writer();
  const SegmentId others = ofReaders ? word.writer().id : word.reader().id;
  const unsigned in = some.bytes & bytes, out = bytes & ~some.bytes;
  const unsigned leftIn = some.bytes & ~bytes, leftOut = 0xffu & ~(some.bytes | bytes);
  TwoHistories histories;
  if (!isWrite && ofReaders) {
    const SegmentId joined = in != 0 ? joinReaders(some.id) : own, joinedOthers = out != 0 ? joinReaders(others) : own;
    if (joined == kNoSegment || joinedOthers == kNoSegment) return false;
    histories.add(joined, in);
    histories.add(joinedOthers, out);
    histories.add(some.id, leftIn);
    histories.add(others, leftOut);
    return histories.toReaders(next);
  }
  if ((in != 0 && !isOrdered(some.id)) || (out != 0 && !isOrdered(others))) return false;
  if (!isWrite) {
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

inline bool WordRules::publish(ShadowCell& cell, ShadowWord old, ShadowWord next) const {
  if (!detector.config.exact) {
    cell.store(next.bits(), std::memory_order_release);
    return true;
  }
  uint64_t expected = old.bits();
  return cell.compare_exchange_strong(expected, next.bits(), std::memory_order_acq_rel, std::memory_order_relaxed);
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
