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
  bool isOrdered(SegmentId id) const { return detector.isOrdered(thread, id); }
  // What the readers `id` and this thread's read make together, if that is known without building a set; else
  // kNoSegment.
  SegmentId joinReaders(SegmentId id) const;
  // The word after the access if nothing races and one id a half can tell it. False: *next is undefined.
  bool quickTransition(ShadowWord word, ByteMask bytes, ShadowWord* next) const;
  // False if the word has changed meanwhile.
  bool publish(ShadowCell& cell, ShadowWord old, ShadowWord next) const;
  void rememberShared(SegmentId set) const;
};

inline SegmentId WordRules::joinReaders(SegmentId id) const {
  const SegmentTable& segments = detector.segments;
  if (!segments.isSet(id) && isOrdered(id)) return own;
  return thread.survivors.find(id, segments.generation());
}

inline bool WordRules::quickTransition(ShadowWord word, ByteMask bytes, ShadowWord* next) const {
  const HalfWord writer = word.writer(), reader = word.reader();
  if ((writer.bytes & bytes) != 0 && !isOrdered(writer.id)) return false;
  if (!isWrite) {
    if (reader.id == own || reader.bytes == 0) {
      *next = ShadowWord(writer, {own, static_cast<ByteMask>(reader.bytes | bytes)});
      return true;
    }
    if ((reader.bytes & ~bytes) != 0) {
      *next = ShadowWord(writer, {own, bytes});
      return detector.isBehindAll(reader.id);
    }
    const SegmentId readers = joinReaders(reader.id);
    *next = ShadowWord(writer, {readers, bytes});
    return readers == own || (readers != kNoSegment && reader.bytes == bytes);
  }
  if ((reader.bytes & bytes) != 0 && !isOrdered(reader.id)) return false;
  if ((writer.bytes & ~bytes) != 0 && writer.id != own && !detector.isBehindAll(writer.id)) return false;
  const ByteMask before = writer.id == own ? writer.bytes : ByteMask{0};
  const ByteMask readers = reader.bytes & static_cast<ByteMask>(~bytes);
  *next = ShadowWord({own, static_cast<ByteMask>(before | bytes)}, {readers != 0 ? reader.id : kNoSegment, readers});
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
inline void WordRules::rememberShared(SegmentId set) const {
  if (thread.abi == nullptr) return;
  thread.shared.store(set, std::memory_order_relaxed);
  detector.segments.markIfMarking(set);
  thread.abi->sharedHalf = HalfWord{set, 0xff}.bits();
}

}  // namespace snag

#endif  // SNAG_CORE_WORD_RULES_H
