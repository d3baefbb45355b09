#include "model/field_cursor.h"

#include "model/text_format.h"

#include <algorithm>

namespace snag::model {

using record::FieldHeader;
using record::StackFrame;

uint64_t littleEndian(Bytes bytes, size_t count) {
  uint64_t value = 0;
  for (size_t i = std::min(count, bytes.size()); i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

uint32_t Field::u32() const { return payload.size() < 4 ? 0 : static_cast<uint32_t>(littleEndian(payload, 4)); }

uint64_t Field::u64() const { return payload.size() < 8 ? u32() : littleEndian(payload, 8); }

std::string Field::text() const {
  auto end = std::ranges::find(payload, uint8_t{0});
  return printable(std::string(payload.begin(), end));
}

Stack Field::stack() const {
  Stack frames;
  for (Bytes rest = payload; rest.size() >= sizeof(StackFrame); rest = rest.subspan(sizeof(StackFrame)))
    frames.push_back({littleEndian(rest, 8), littleEndian(rest.subspan(8), 8),
                      static_cast<uint32_t>(littleEndian(rest.subspan(16), 4))});
  return frames;
}

bool FieldCursor::stop(bool damaged) {
  damaged_ = damaged_ || damaged;
  rest_ = {};
  return false;
}

bool FieldCursor::next(Field& field) {
  if (rest_.empty()) return false;
  if (rest_.size() < sizeof(FieldHeader)) return stop(true);
  const size_t bytes = littleEndian(rest_.subspan(4), 4);
  const size_t room = rest_.size() - sizeof(FieldHeader);
  if (bytes > room) return stop(true);
  field = {static_cast<record::Tag>(littleEndian(rest_, 2)), rest_.subspan(sizeof(FieldHeader), bytes)};
  const size_t padded = std::min((bytes + 3) & ~size_t{3}, room);
  rest_ = rest_.subspan(sizeof(FieldHeader) + padded);
  return true;
}

}  // namespace snag::model
