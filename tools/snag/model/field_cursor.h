// Walks the fields of a record or of a nested field. Never reads outside the bytes it was given.
#ifndef SNAG_MODEL_FIELD_CURSOR_H
#define SNAG_MODEL_FIELD_CURSOR_H

#include "model/finding.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace snag::model {

using Bytes = std::span<const uint8_t>;

struct Field {
  record::Tag tag;
  Bytes payload;

  // Each returns 0 or nothing if the payload is too short; longer payloads are cut.
  uint32_t u32() const;
  uint64_t u64() const;
  std::string text() const;
  std::vector<uint8_t> raw() const { return {payload.begin(), payload.end()}; }
  Stack stack() const;
};

class FieldCursor {
 public:
  explicit FieldCursor(Bytes bytes) : rest_(bytes) {}

  // The next field, or false at the end. A field that does not fit ends the walk and sets damaged().
  bool next(Field& field);
  bool damaged() const { return damaged_; }

 private:
  bool stop(bool damaged);

  Bytes rest_;
  bool damaged_ = false;
};

// Little-endian integer from the first `count` bytes, independent of the host.
uint64_t littleEndian(Bytes bytes, size_t count);

}  // namespace snag::model

#endif  // SNAG_MODEL_FIELD_CURSOR_H
