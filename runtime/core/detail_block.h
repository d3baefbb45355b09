// What an escaped shadow word points to: the history of each of its eight bytes, and what else lives at its address. If
// that is an atomic, it is an AtomicBlock instead (atomic_block.h).
//
// Updated in place under the word's lock (word_locks.h). Collapsed back into the shadow word when its bytes agree again
// and nothing else lives there.
#ifndef SNAG_CORE_DETAIL_BLOCK_H
#define SNAG_CORE_DETAIL_BLOCK_H

#include "core/shadow_word.h"
#include "core/types.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace snag {

// A word's history byte by byte, unpacked: what the rules of access_check.cpp compute with.
struct WordHistory {
  SegmentId writers[kCellBytes] = {};  // a segment, a set, or none
  SegmentId readers[kCellBytes] = {};

  static WordHistory fromWord(ShadowWord word);
  // True and *word set if the history fits into a shadow word.
  bool toWord(ShadowWord* word) const;

  // The bytes whose last writer, or reader, is exactly that id.
  ByteMask writtenBy(SegmentId id) const { return bytesThatAre(writers, id); }
  ByteMask readBy(SegmentId id) const { return bytesThatAre(readers, id); }
  void setWriter(ByteMask bytes, SegmentId id) { set(writers, bytes, id); }
  void setReader(ByteMask bytes, SegmentId id) { set(readers, bytes, id); }

 private:
  static ByteMask bytesThatAre(const SegmentId (&ids)[kCellBytes], SegmentId id);
  static void set(SegmentId (&ids)[kCellBytes], ByteMask bytes, SegmentId id);
  static bool pack(const SegmentId (&ids)[kCellBytes], HalfWord* half);
  static bool packSplit(const SegmentId (&ids)[kCellBytes], HalfWord* some, SegmentId* others);
};

// What the blocks of all escaped words begin with.
struct WordBlock {
  uint32_t syncObject = 0;  // number in its pool: a lock or an annotated address lives here
  uint32_t next = 0;        // of an AtomicBlock: number of another, for more locations in the same word
};

struct DetailBlock : WordBlock {
  WordHistory history;
};

inline ByteMask WordHistory::bytesThatAre(const SegmentId (&ids)[kCellBytes], SegmentId id) {
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi32(static_cast<int>(id));
  const __m128i low = _mm_cmpeq_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(&ids[0])), wanted);
  const __m128i high = _mm_cmpeq_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(&ids[4])), wanted);
  const __m128i all = _mm_packs_epi32(low, high);
  return static_cast<ByteMask>(_mm_movemask_epi8(_mm_packs_epi16(all, all)));
#else
  unsigned found = 0;
  for (unsigned i = 0; i < kCellBytes; ++i) found |= static_cast<unsigned>(ids[i] == id) << i;
  return static_cast<ByteMask>(found);
#endif
}

inline void WordHistory::set(SegmentId (&ids)[kCellBytes], ByteMask bytes, SegmentId id) {
  for (unsigned left = bytes; left != 0; left &= left - 1) ids[__builtin_ctz(left)] = id;
}

}  // namespace snag

#endif  // SNAG_CORE_DETAIL_BLOCK_H
