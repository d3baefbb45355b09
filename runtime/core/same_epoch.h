// The inline test of instrumented code (hooks.h) for accesses of any size, and more for reads: the half names the
// set of readers in which this thread last found itself, or a crowd that it has joined. Compares only: no id is
// followed, so the thread need not be inside the detector.
#ifndef SNAG_CORE_SAME_EPOCH_H
#define SNAG_CORE_SAME_EPOCH_H

#include "core/check.h"
#include "core/shadow_word.h"
#include "snag/hooks.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace snag {

class SameEpoch {
 public:
  SameEpoch(const SnagThread& thread, bool isWrite)
      : own_(thread.ownHalf), shared_(thread.sharedHalf), joined_(thread.joinedHalves), isWrite_(isWrite) {}

  // The bytes of `wanted` in one word.
  bool holds(const ShadowCell& cell, ByteMask wanted) const {
    const uint64_t word = cell.load(std::memory_order_relaxed);
    const uint32_t bits = 0xffffff | uint32_t{wanted} << kSegmentBits;
    const auto writer = static_cast<uint32_t>(word), reader = static_cast<uint32_t>(word >> 32);
    return ((writer ^ own_) & bits) == 0 ||
           (!isWrite_ && (((reader ^ own_) & bits) == 0 || ((reader ^ shared_) & bits) == 0 ||
                          joined_[reader % SNAG_JOINED_HALVES] == reader || areOwnTogether(writer, reader, bits)));
  }

  // `size` bytes, at least one, from `offset` in the first word on. For a few words.
  SNAG_ALWAYS_INLINE bool holds(const ShadowCell* cells, size_t offset, size_t size) const {
    for (;; ++cells, offset = 0) {
      const size_t bytes = size < kCellBytes - offset ? size : kCellBytes - offset;
      if (!holds(*cells, byteMask(offset, bytes))) return false;
      size -= bytes;
      if (size == 0) return true;
    }
  }

  // How many of `count` whole words pass, from the first on; may be a few less than that if not all do.
  size_t passing(const ShadowCell* cells, size_t count) const {
    size_t index = 0;
#if defined(__SSE2__) && !defined(__SANITIZE_THREAD__)
    // Four words at a time. Each aligned half word is read whole, which is all that the comparison needs.
    const __m128i own = _mm_set1_epi32(static_cast<int>(own_));
    const auto other = static_cast<int>(isWrite_ ? own_ : shared_), none = static_cast<int>(kNoHalf);
    const __m128i shared = _mm_set_epi32(other, none, other, none);
    for (; index + 4 <= count; index += 4) {
      const __m128i first = passes(load(cells + index), own, shared);
      const __m128i second = passes(load(cells + index + 2), own, shared);
      if (_mm_movemask_epi8(_mm_and_si128(first, second)) != 0xffff) return index;
    }
#endif
    while (index < count && holds(cells[index], 0xff)) ++index;
    return index;
  }

 private:
  // Bytes that the segment has written, beside others that it has read.
  bool areOwnTogether(uint32_t writer, uint32_t reader, uint32_t bits) const {
    const uint32_t writerLacks = writer ^ own_, readerLacks = reader ^ own_;  // own_ has all bytes
    return ((writerLacks | readerLacks) << (32 - kSegmentBits)) == 0 && (writerLacks & readerLacks & bits) == 0;
  }

  static constexpr uint32_t kNoHalf = SNAG_NO_SEGMENT;  // no half word of the shadow is that

#if defined(__SSE2__) && !defined(__SANITIZE_THREAD__)
  static __m128i load(const ShadowCell* cells) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(cells)); }

  // All ones in both halves of the words that pass.
  __m128i passes(__m128i words, __m128i own, __m128i shared) const {
    const __m128i isOwn = _mm_cmpeq_epi32(words, own);
    if (isWrite_) return _mm_shuffle_epi32(isOwn, 0xa0);
    const __m128i known = _mm_or_si128(isOwn, _mm_cmpeq_epi32(words, shared));
    return _mm_or_si128(known, _mm_shuffle_epi32(known, 0xb1));
  }
#endif

  const uint32_t own_, shared_;
  const uint32_t* const joined_;  // for single words only
  const bool isWrite_;
};

}  // namespace snag

#endif  // SNAG_CORE_SAME_EPOCH_H
