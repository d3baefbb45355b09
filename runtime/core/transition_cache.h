// A thread's memory of what shadow words became when its open segment accessed them.
//
// Words that were last accessed by the same segments look alike, so a thread that goes through an array or a heap after
// a release asks for the same few answers again and again. An answer holds until the thread opens another segment,
// learns of others' releases, or ids change their meaning.
//
// Where segments are short and words differ, to look for answers and to remember them takes longer than the rules do.
// So a thread that finds few uses the memory only in segments that have become long, and tries again now and then.
#ifndef SNAG_CORE_TRANSITION_CACHE_H
#define SNAG_CORE_TRANSITION_CACHE_H

#include "core/check.h"
#include "core/shadow_word.h"

namespace snag {

class TransitionCache {
 public:
  // An access to a word: of `size` bytes (1, 2, 4 or 8) at `offset` in it.
  enum class Shape : uint32_t {};
  static constexpr Shape shapeOf(size_t offset, size_t size, bool isWrite) {
    return Shape{
        static_cast<uint32_t>(offset | static_cast<size_t>(__builtin_ctzll(size)) << 3 | size_t{isWrite} << 5)};
  }

  // Null if it is not remembered. `generation` is the segment table's at present.
  const ShadowWord* find(ShadowWord word, Shape shape, uint32_t generation) const {
    const uint64_t stamp = current_ | raw(shape);
    const Entry& entry = entries_[indexOf(word, shape)];
    const bool isIt = entry.before == word && entry.stamp == stamp && entry.generation == generation;
    return SNAG_LIKELY(isIt) ? &entry.next : nullptr;
  }
  // While a segment is open. `generation` is what it was before the answer was made.
  void remember(ShadowWord word, Shape shape, uint32_t generation, ShadowWord next) {
    if (!isInUse()) return noteUnused();
    const uint64_t stamp = current_ | raw(shape);
    entries_[indexOf(word, shape)] = {word, next, stamp, generation};
  }
  // An answer was not remembered, although a segment is open.
  void noteUnused() {
    if (SNAG_UNLIKELY(++notUsedFor_ == kLongSegment)) current_ = round_;
  }
  void forgetAll() {
    round_ += kRound;
    if (current_ != kClosed) current_ = round_;
  }
  // A thread without an open segment finds nothing, but may open the same one again. Closed to begin with.
  void close() { current_ = kClosed; }
  void open() {
    current_ = isUsed_ ? round_ : kClosed;
    notUsedFor_ = 0;
  }
  // False: find() finds nothing.
  bool isInUse() const { return current_ != kClosed; }
  // Before the first open() of each segment: how many checks the thread has made until now, and how many of them were
  // answered here.
  void considerUse(uint64_t checks, uint64_t answered) {
    if (++segments_ % kWindow != 0) return;
    const bool areMostAnswered = (answered - answered_) * 4 >= (checks - checks_) * 3;
    isUsed_ = isUsed_ ? areMostAnswered : segments_ % (kWindow * kTryAgain) == 0;
    checks_ = checks;
    answered_ = answered;
  }

 private:
  static constexpr size_t kEntries = 128;
  struct Entry {
    ShadowWord before, next;
    uint64_t stamp = 0;  // no access's: rounds begin with 1
    uint32_t generation = 0;
  };
  static constexpr uint32_t kWindow = 32;             // segments after which a thread looks how it fares
  static constexpr uint32_t kTryAgain = 8;            // windows, of which the memory is used in one at least
  static constexpr uint32_t kLongSegment = 128;       // accesses that might have been remembered
  static constexpr uint64_t kRound = 64;              // a stamp is a round and a shape
  static constexpr uint64_t kClosed = ~(kRound - 1);  // no round's
  static bool isOfWholeWords(Shape shape) { return (raw(shape) & 0x18) == 0x18; }
  // Who goes through a word byte by byte meets it with other bytes each time: those answers stand side by side, at the
  // last bits of the ids and the offset.
  static size_t indexOf(ShadowWord word, Shape shape) {
    const uint64_t hash = (word.bits() ^ raw(shape) >> 3) * 0x9e37'79b9'7f4a'7c15, row = hash >> 60;
    if (isOfWholeWords(shape)) return hash >> 57;
    return row << 3 | ((word.bits() ^ word.bits() >> 32 ^ raw(shape)) & 7);
  }

  uint64_t current_ = kClosed;  // round_ while open
  uint64_t round_ = kRound;
  bool isUsed_ = true;  // from the beginning of segments on
  uint32_t notUsedFor_ = 0, segments_ = 0;
  uint64_t checks_ = 0, answered_ = 0;  // when the window began
  Entry entries_[kEntries];
};

}  // namespace snag

#endif  // SNAG_CORE_TRANSITION_CACHE_H
