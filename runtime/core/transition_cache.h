// A thread's memory of what shadow words became when its open segment accessed them.
//
// Words that were last accessed by the same segments look alike, so a thread that goes through an array or a heap after
// a release asks for the same few answers again and again. An answer holds until the thread opens another segment,
// learns of others' releases, or ids change their meaning.
#ifndef SNAG_CORE_TRANSITION_CACHE_H
#define SNAG_CORE_TRANSITION_CACHE_H

#include "core/shadow_word.h"

namespace snag {

class TransitionCache {
 public:
  // True and *next set if it is remembered. `generation` is the segment table's at present.
  bool find(ShadowWord word, ByteMask bytes, bool isWrite, uint32_t generation, ShadowWord* next) const {
    const Entry& entry = entries_[indexOf(word, bytes)];
    *next = entry.next;
    return entry.before == word && entry.stamp == stampOf(bytes, isWrite) && entry.generation == generation;
  }
  // `generation` is what it was before the answer was made.
  void remember(ShadowWord word, ByteMask bytes, bool isWrite, uint32_t generation, ShadowWord next) {
    entries_[indexOf(word, bytes)] = {word, next, stampOf(bytes, isWrite), generation};
  }
  void forgetAll() { ++round_; }

 private:
  static constexpr size_t kEntries = 64;
  struct Entry {
    ShadowWord before, next;
    uint64_t stamp = 0;  // no access's: rounds begin with 1
    uint32_t generation = 0;
  };
  uint64_t stampOf(ByteMask bytes, bool isWrite) const { return round_ << 9 | uint64_t{isWrite} << 8 | bytes; }
  static size_t indexOf(ShadowWord word, ByteMask bytes) {
    return ((word.bits() ^ uint64_t{bytes} << 20) * 0x9e37'79b9'7f4a'7c15) >> 58;
  }

  Entry entries_[kEntries];
  uint64_t round_ = 1;
};

}  // namespace snag

#endif  // SNAG_CORE_TRANSITION_CACHE_H
