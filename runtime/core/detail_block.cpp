#include "core/detail_block.h"

namespace snag {

WordHistory WordHistory::fromWord(ShadowWord word) {
  WordHistory history;
  if (word.isSplit()) {
    const bool ofReaders = word.writer().bytes == 0;
    history.set(ofReaders ? history.readers : history.writers, 0xff, ofReaders ? word.writer().id : word.reader().id);
  }
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

// False unless there are two ids, and every byte has one of them.
bool WordHistory::packSplit(const SegmentId (&ids)[kCellBytes], HalfWord* some, SegmentId* others) {
  *others = ids[0];
  const ByteMask first = bytesThatAre(ids, ids[0]);
  if (first == 0xff) return false;
  some->id = ids[__builtin_ctz(static_cast<unsigned>(first) ^ 0xff)];
  some->bytes = bytesThatAre(ids, some->id);
  return (some->bytes | first) == 0xff && some->id != kNoSegment && *others != kNoSegment;
}

bool WordHistory::toWord(ShadowWord* word) const {
  HalfWord writer, reader;
  SegmentId others;
  const bool oneWriter = pack(writers, &writer), oneReader = pack(readers, &reader);
  if (oneWriter && oneReader) {
    *word = ShadowWord(writer, reader);
    return true;
  }
  if (oneWriter && writer.bytes == 0 && packSplit(readers, &reader, &others)) {
    *word = ShadowWord::splitReaders(reader, others);
    return true;
  }
  if (oneReader && reader.bytes == 0 && packSplit(writers, &writer, &others)) {
    *word = ShadowWord::splitWriters(writer, others);
    return true;
  }
  return false;
}

}  // namespace snag
