// What an escaped shadow word points to: the history of each of its eight bytes, and what else lives at its address.
//
// One cache line, updated in place under the word's lock (word_locks.h). Collapsed back into the shadow word when its
// bytes agree again and nothing else lives there.
#ifndef SNAG_CORE_DETAIL_BLOCK_H
#define SNAG_CORE_DETAIL_BLOCK_H

#include "core/shadow_word.h"
#include "core/types.h"

namespace snag {

// A word's history byte by byte, unpacked: what the rules of access_check.cpp compute with.
struct WordHistory {
  SegmentId writers[kCellBytes] = {};  // a segment, a set, or none
  SegmentId readers[kCellBytes] = {};

  static WordHistory fromWord(ShadowWord word);
  // True and *word set if the history fits into a shadow word.
  bool toWord(ShadowWord* word) const;
};

class alignas(64) DetailBlock {
 public:
  WordHistory history() const;
  void setHistory(const WordHistory& history);

  uint32_t syncObject = 0;  // number in its pool: a lock or an annotated address lives here
  uint32_t atomicWord = 0;  // number in its pool: atomic operations were done here

  bool holdsOnlyHistory() const { return syncObject == 0 && atomicWord == 0; }

 private:
  uint8_t writers_[kCellBytes][3] = {};
  uint8_t readers_[kCellBytes][3] = {};
};
static_assert(sizeof(DetailBlock) == 64, "one cache line");

}  // namespace snag

#endif  // SNAG_CORE_DETAIL_BLOCK_H
