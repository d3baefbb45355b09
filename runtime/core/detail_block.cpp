#include "core/detail_block.h"

namespace snag {
namespace {

void unpackHalf(HalfWord half, SegmentId (&bytes)[kCellBytes]) {
  for (size_t i = 0; i < kCellBytes; ++i)
    if ((half.bytes >> i & 1) != 0) bytes[i] = half.id;
}

// False if two bytes have different histories.
bool packHalf(const SegmentId (&bytes)[kCellBytes], HalfWord* half) {
  *half = {kNoSegment, 0};
  for (size_t i = 0; i < kCellBytes; ++i) {
    if (bytes[i] == kNoSegment) continue;
    if (half->id != kNoSegment && half->id != bytes[i]) return false;
    half->id = bytes[i];
    half->bytes |= static_cast<ByteMask>(1u << i);
  }
  return true;
}

SegmentId load24(const uint8_t (&bytes)[3]) {
  return SegmentId{bytes[0] | uint32_t{bytes[1]} << 8 | uint32_t{bytes[2]} << 16};
}

void store24(uint8_t (&bytes)[3], SegmentId id) {
  bytes[0] = static_cast<uint8_t>(raw(id));
  bytes[1] = static_cast<uint8_t>(raw(id) >> 8);
  bytes[2] = static_cast<uint8_t>(raw(id) >> 16);
}

}  // namespace

WordHistory WordHistory::fromWord(ShadowWord word) {
  WordHistory history;
  unpackHalf(word.writer(), history.writers);
  unpackHalf(word.reader(), history.readers);
  return history;
}

bool WordHistory::toWord(ShadowWord* word) const {
  HalfWord writer, reader;
  if (!packHalf(writers, &writer) || !packHalf(readers, &reader)) return false;
  *word = ShadowWord(writer, reader);
  return true;
}

WordHistory DetailBlock::history() const {
  WordHistory history;
  for (size_t i = 0; i < kCellBytes; ++i) {
    history.writers[i] = load24(writers_[i]);
    history.readers[i] = load24(readers_[i]);
  }
  return history;
}

void DetailBlock::setHistory(const WordHistory& history) {
  for (size_t i = 0; i < kCellBytes; ++i) {
    store24(writers_[i], history.writers[i]);
    store24(readers_[i], history.readers[i]);
  }
}

}  // namespace snag
