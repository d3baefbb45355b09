// A thread's memory of what shadow words became when its open segment accessed them.
//
// Words that were last accessed by the same segments look alike, so a thread that goes through an array or a heap after
// a release asks for the same few answers again and again. An answer holds until the thread opens another segment,
// learns of others' releases, or ids change their meaning.
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
  // While open. `generation` is what it was before the answer was made.
  void remember(ShadowWord word, Shape shape, uint32_t generation, ShadowWord next) {
    const uint64_t stamp = current_ | raw(shape);
    entries_[indexOf(word, shape)] = {word, next, stamp, generation};
  }
  void forgetAll() {
    round_ += kRound;
    if (current_ != kClosed) current_ = round_;
  }
  // A thread without an open segment finds nothing, but may open the same one again. Closed to begin with.
  void close() { current_ = kClosed; }
  void open() { current_ = round_; }

 private:
  static constexpr size_t kEntries = 128;
  struct Entry {
    ShadowWord before, next;
    uint64_t stamp = 0;  // no access's: rounds begin with 1
    uint32_t generation = 0;
  };
  static constexpr uint64_t kRound = 64;              // a stamp is a round and a shape
  static constexpr uint64_t kClosed = ~(kRound - 1);  // no round's
  // Who goes through a word byte by byte meets it with other bytes each time: those answers stand side by side, at the
  // last bits of the ids and the offset.
  static size_t indexOf(ShadowWord word, Shape shape) {
    const uint64_t row = (word.bits() ^ raw(shape) >> 3) * 0x9e37'79b9'7f4a'7c15 >> 60;
    return row << 3 | ((word.bits() ^ word.bits() >> 32 ^ raw(shape)) & 7);
  }

  uint64_t current_ = kClosed;  // round_ while open
  uint64_t round_ = kRound;
  Entry entries_[kEntries];
};

}  // namespace snag

#endif  // SNAG_CORE_TRANSITION_CACHE_H
