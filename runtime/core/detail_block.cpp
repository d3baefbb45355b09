#include "core/detail_block.h"

namespace snag {

WordHistory WordHistory::fromWord(ShadowWord word) {
  WordHistory history;
  history.setWriter(word.writer().bytes, word.writer().id);
  history.setReader(word.reader().bytes, word.reader().id);
  return history;
}

// False if two bytes have different histories.
bool WordHistory::pack(const SegmentId (&ids)[kCellBytes], HalfWord* half) {
  *half = {kNoSegment, 0};
  const ByteMask none = bytesThatAre(ids, kNoSegment);
  if (none == 0xff) return true;
  half->id = ids[__builtin_ctz(static_cast<unsigned>(none) ^ 0xff)];
  half->bytes = bytesThatAre(ids, half->id);
  return (half->bytes | none) == 0xff;
}

bool WordHistory::toWord(ShadowWord* word) const {
  HalfWord writer, reader;
  if (!pack(writers, &writer) || !pack(readers, &reader)) return false;
  *word = ShadowWord(writer, reader);
  return true;
}

}  // namespace snag
