// The 64-bit shadow word of eight application bytes: who wrote last and who read last.
//
//    63          56 55                        32 31          24 23                         0
//   +--------------+----------------------------+--------------+----------------------------+
//   | R: bytes (8) | R: segment id (24)         | W: bytes (8) | W: segment id (24)         |
//   +--------------+----------------------------+--------------+----------------------------+
//
// Each half says "these bytes were last accessed in this segment" (or by this interned set of segments); bytes outside
// the mask have no such history.
//
// A half with an id but no bytes never says that, so it means something else:
//   - in one half: the word is split. It has only readers, or only writers, but two of them: the other half names one
//     with its bytes, this one who has all other bytes. So a segment may go through an array of ints or chars that an
//     earlier segment went through.
//   - in both halves (or in W, and R is 0): the word is escaped. Its history is in the detail block whose number is in
//     W's id (low 24 bits) and in R's id (high bits), because nothing shorter tells it or because a lock lives there.
//     If the topmost bit is set, it is the number of an atomic block instead.
//   - in W, and R names all bytes (so that nothing is left for W's id to have read): the word is escaped, too. W's id
//   is
//     the number of the detail block, and R's is the crowd (crowd.h) that has read the whole word. The block says the
//     same; here it is for those who have joined the crowd before.
// The inline check of instrumented code (hooks.h) never matches a half without bytes: it asks for at least one.
#ifndef SNAG_CORE_SHADOW_WORD_H
#define SNAG_CORE_SHADOW_WORD_H

#include <atomic>

#include "core/check.h"
#include "core/types.h"

namespace snag {

inline constexpr uint32_t kSegmentBits = 24;
inline constexpr uint32_t kMaxSegmentIds = (1u << kSegmentBits) - 2;  // the last one is SNAG_NO_SEGMENT's
inline constexpr size_t kCellBytes = 8;

// A bit for each of a word's eight bytes, lowest address first.
using ByteMask = uint8_t;

constexpr ByteMask byteMask(size_t offset, size_t size) { return static_cast<ByteMask>(((1u << size) - 1) << offset); }

struct HalfWord {
  SegmentId id;
  ByteMask bytes;

  static constexpr HalfWord fromBits(uint32_t bits) {
    return {SegmentId{bits & ((1u << kSegmentBits) - 1)}, static_cast<ByteMask>(bits >> kSegmentBits)};
  }
  constexpr uint32_t bits() const { return raw(id) | uint32_t{bytes} << kSegmentBits; }
  constexpr bool covers(SegmentId segment, ByteMask wanted) const {
    return id == segment && (bytes & wanted) == wanted;
  }
  // An id without bytes: it means something else than an access.
  constexpr bool isMark() const { return bits() - 1 < (1u << kSegmentBits) - 1; }
};

// A half of a word of which nothing is known.
inline constexpr uint32_t kEmptyHalf = 0;

class ShadowWord {
 public:
  constexpr ShadowWord() = default;
  constexpr explicit ShadowWord(uint64_t bits) : bits_(bits) {}
  constexpr ShadowWord(HalfWord writer, HalfWord reader) : bits_(writer.bits() | uint64_t{reader.bits()} << 32) {}
  // Bytes read, or written, by one; and all others by another.
  static constexpr ShadowWord splitReaders(HalfWord some, SegmentId others) { return {HalfWord{others, 0}, some}; }
  static constexpr ShadowWord splitWriters(HalfWord some, SegmentId others) { return {some, HalfWord{others, 0}}; }
  static constexpr ShadowWord escapedTo(uint32_t detail) {
    return {HalfWord{SegmentId{detail & 0xffffff}, 0}, HalfWord{SegmentId{detail >> kSegmentBits}, 0}};
  }
  // A detail block whose number has more than 24 bits cannot be told beside the crowd.
  static constexpr ShadowWord escapedWithCrowd(uint32_t detail, SegmentId crowd) {
    if (detail >> kSegmentBits != 0) return escapedTo(detail);
    return {HalfWord{SegmentId{detail}, 0}, HalfWord{crowd, 0xff}};
  }

  constexpr uint64_t bits() const { return bits_; }
  constexpr HalfWord writer() const { return HalfWord::fromBits(static_cast<uint32_t>(bits_)); }
  constexpr HalfWord reader() const { return HalfWord::fromBits(static_cast<uint32_t>(bits_ >> 32)); }
  constexpr bool isEscaped() const {
    return writer().bytes == 0 && ((reader().bytes == 0 && bits_ != 0) || showsCrowd());
  }
  constexpr bool showsCrowd() const { return writer().isMark() && reader().bytes == 0xff; }
  // One of the halves means something else: the word is split or escaped.
  constexpr bool isMarked() const { return writer().isMark() || reader().isMark(); }
  SNAG_ALWAYS_INLINE constexpr bool isSplit() const { return !isEscaped() && isMarked(); }
  constexpr uint32_t detail() const {
    return raw(writer().id) | (reader().bytes == 0 ? raw(reader().id) << kSegmentBits : 0);
  }
  // Of escaped words: whether an atomic lives there, and the number of its block in their own pool.
  static constexpr ShadowWord atomicAt(uint32_t block) { return escapedTo(block | kAtomicMark); }
  SNAG_ALWAYS_INLINE constexpr bool isAtomic() const {  // no half has bytes, and the topmost bit of the number is set
    return (bits_ & (kAllBytes | kAtomicBit)) == kAtomicBit;
  }
  constexpr uint32_t atomicBlock() const {
    return raw(writer().id) | (raw(reader().id) << kSegmentBits & ~kAtomicMark);
  }
  // Escaped to a detail block, without a crowd, and the block's number has no more than 24 bits: that is bits(), then.
  constexpr bool isDetailOnly() const { return bits_ - 1 < (uint64_t{1} << kSegmentBits) - 1; }

  friend constexpr bool operator==(ShadowWord, ShadowWord) = default;

 private:
  static constexpr uint32_t kAtomicMark = 1u << 31;
  static constexpr uint64_t kAtomicBit = uint64_t{kAtomicMark >> kSegmentBits} << 32;  // where it is in the word
  static constexpr uint64_t kAllBytes = 0xff00'0000'ff00'0000;

  uint64_t bits_ = 0;
};
static_assert(sizeof(ShadowWord) == 8, "the pass computes with this layout: bump SNAG_HOOK_VERSION");

// A shadow word in memory. Words are shared by all threads without a lock.
using ShadowCell = std::atomic<uint64_t>;

}  // namespace snag

#endif  // SNAG_CORE_SHADOW_WORD_H
