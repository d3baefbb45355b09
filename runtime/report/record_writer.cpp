#include "report/record_writer.h"

namespace snag {

namespace {

size_t padded(size_t bytes) { return (bytes + 3) & ~size_t{3}; }

size_t lengthWithin(const char* text, size_t limit) {
  size_t length = 0;
  while (length < limit && text[length] != 0) ++length;
  return length;
}

// A cut in the middle of a UTF-8 character would make the whole text invalid to a strict reader.
size_t cutLength(const char* text, size_t limit) {
  size_t length = lengthWithin(text, limit);
  if (length < limit) return length;
  while (length > 0 && (static_cast<uint8_t>(text[length]) & 0xc0) == 0x80) --length;
  return length;
}

}  // namespace

void RecordWriter::begin(record::RecordKind kind) {
  const record::RecordHeader header{record::kMagic, record::kVersion, 0, static_cast<uint32_t>(kind), 0};
  __builtin_memcpy(buffer_, &header, sizeof(header));
  used_ = sizeof(header);
}

size_t RecordWriter::end() {
  const auto bytes = static_cast<uint32_t>(used_);
  __builtin_memcpy(buffer_ + offsetof(record::RecordHeader, bytes), &bytes, sizeof(bytes));
  return used_;
}

uint8_t* RecordWriter::field(record::Tag tag, size_t bytes) {
  if (sizeof(record::FieldHeader) + padded(bytes) > capacity_ - used_) return nullptr;
  const record::FieldHeader header{static_cast<uint16_t>(tag), 0, static_cast<uint32_t>(bytes)};
  __builtin_memcpy(buffer_ + used_, &header, sizeof(header));
  uint8_t* payload = buffer_ + used_ + sizeof(header);
  __builtin_memset(payload, 0, padded(bytes));
  used_ += sizeof(header) + padded(bytes);
  return payload;
}

void RecordWriter::raw(record::Tag tag, const void* bytes, size_t size) {
  if (uint8_t* payload = field(tag, size)) __builtin_memcpy(payload, bytes, size);
}

void RecordWriter::u32(record::Tag tag, uint32_t value) { raw(tag, &value, sizeof(value)); }

void RecordWriter::u64(record::Tag tag, uint64_t value) { raw(tag, &value, sizeof(value)); }

void RecordWriter::text(record::Tag tag, const char* value) {
  if (value != nullptr && *value != 0) raw(tag, value, cutLength(value, kMaxText));
}

size_t RecordWriter::open(record::Tag tag) {
  const size_t start = used_;
  return field(tag, 0) != nullptr ? start : kNowhere;
}

void RecordWriter::close(size_t start) {
  if (start == kNowhere) return;
  const auto bytes = static_cast<uint32_t>(used_ - start - sizeof(record::FieldHeader));
  __builtin_memcpy(buffer_ + start + offsetof(record::FieldHeader, bytes), &bytes, sizeof(bytes));
}

}  // namespace snag
