#include "record_tree.h"

#include <gtest/gtest.h>
#include <string.h>

namespace snag::test {

uint64_t Field::number() const {
  uint64_t value = 0;
  EXPECT_TRUE(payload.size() == 4 || payload.size() == 8) << payload.size() << " bytes are no number";
  memcpy(&value, payload.data(), payload.size() <= 8 ? payload.size() : 0);
  return value;
}

std::vector<record::StackFrame> Field::stack() const {
  EXPECT_EQ(payload.size() % sizeof(record::StackFrame), 0u);
  std::vector<record::StackFrame> frames(payload.size() / sizeof(record::StackFrame));
  memcpy(frames.data(), payload.data(), frames.size() * sizeof(record::StackFrame));
  return frames;
}

Fields::Fields(const uint8_t* bytes, size_t count) { readFrom(bytes, count); }

void Fields::readFrom(const uint8_t* bytes, size_t count) {
  while (count > 0) {
    record::FieldHeader header;
    ASSERT_GE(count, sizeof(header));
    memcpy(&header, bytes, sizeof(header));
    EXPECT_EQ(header.reserved, 0);
    const size_t padded = (header.bytes + 3) & ~3u;
    ASSERT_GE(count - sizeof(header), padded) << "field " << header.tag << " is cut";
    const uint8_t* payload = bytes + sizeof(header);
    for (size_t i = header.bytes; i < padded; ++i) EXPECT_EQ(payload[i], 0) << "padding of field " << header.tag;
    fields_.push_back({static_cast<record::Tag>(header.tag), {payload, payload + header.bytes}});
    bytes = payload + padded;
    count -= sizeof(header) + padded;
  }
}

size_t Fields::count(record::Tag tag) const {
  size_t found = 0;
  for (const Field& field : fields_) found += field.tag == tag;
  return found;
}

Field Fields::at(record::Tag tag, size_t n) const {
  for (const Field& field : fields_)
    if (field.tag == tag && n-- == 0) return field;
  ADD_FAILURE() << "no field with tag " << static_cast<int>(tag);
  return {tag, std::vector<uint8_t>(4)};
}

Fields Fields::nested(record::Tag tag, size_t n) const {
  if (n >= count(tag)) {
    ADD_FAILURE() << "no nested field with tag " << static_cast<int>(tag);
    return {};
  }
  const Field field = at(tag, n);
  return {field.payload.data(), field.payload.size()};
}

namespace {

void readInto(const std::vector<uint8_t>& stream, std::vector<Record>& records) {
  for (size_t at = 0; at < stream.size();) {
    record::RecordHeader header;
    ASSERT_GE(stream.size() - at, sizeof(header));
    memcpy(&header, &stream[at], sizeof(header));
    ASSERT_EQ(header.magic, record::kMagic);
    ASSERT_EQ(header.version, record::kVersion);
    ASSERT_EQ(header.bytes % 4, 0u);
    ASSERT_GE(header.bytes, sizeof(header));
    ASSERT_GE(stream.size() - at, header.bytes);
    records.push_back({static_cast<record::RecordKind>(header.kind),
                       Fields(&stream[at] + sizeof(header), header.bytes - sizeof(header))});
    at += header.bytes;
  }
}

}  // namespace

std::vector<Record> readRecords(const std::vector<uint8_t>& stream) {
  std::vector<Record> records;
  readInto(stream, records);
  return records;
}

}  // namespace snag::test
