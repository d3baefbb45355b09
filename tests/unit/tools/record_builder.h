// Writes records as the runtime does, byte by byte, for tests of the reader and of everything above it.
#ifndef SNAG_TESTS_RECORD_BUILDER_H
#define SNAG_TESTS_RECORD_BUILDER_H

#include "snag/record.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace snag::test {

using record::Tag;
using ByteVector = std::vector<uint8_t>;

inline void append(ByteVector& out, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

// A list of fields: the body of a record or of a nested field. Calls chain.
class Fields {
 public:
  Fields& raw(Tag tag, const ByteVector& payload) {
    append(bytes_, static_cast<uint16_t>(tag), 2);
    append(bytes_, 0, 2);
    append(bytes_, payload.size(), 4);
    bytes_.insert(bytes_.end(), payload.begin(), payload.end());
    while (bytes_.size() % 4 != 0) bytes_.push_back(0);
    return *this;
  }
  Fields& u32(Tag tag, uint32_t value) {
    ByteVector payload;
    append(payload, value, 4);
    return raw(tag, payload);
  }
  Fields& u64(Tag tag, uint64_t value) {
    ByteVector payload;
    append(payload, value, 8);
    return raw(tag, payload);
  }
  Fields& text(Tag tag, std::string_view value) { return raw(tag, {value.begin(), value.end()}); }
  Fields& nested(Tag tag, const Fields& inner) { return raw(tag, inner.bytes_); }
  // Frames of module 0, load bias 0: address and offset are the same.
  Fields& stack(Tag tag, const std::vector<uint64_t>& addresses, uint32_t module = 0) {
    ByteVector payload;
    for (uint64_t address : addresses) {
      append(payload, address, 8);
      append(payload, address, 8);
      append(payload, module, 4);
      append(payload, 0, 4);
    }
    return raw(tag, payload);
  }
  const ByteVector& bytes() const { return bytes_; }

 private:
  ByteVector bytes_;
};

inline ByteVector makeRecord(record::RecordKind kind, const Fields& fields, uint16_t version = record::kVersion) {
  ByteVector out;
  append(out, record::kMagic, 4);
  append(out, version, 2);
  append(out, 0, 2);
  append(out, static_cast<uint32_t>(kind), 4);
  append(out, fields.bytes().size() + sizeof(record::RecordHeader), 4);
  out.insert(out.end(), fields.bytes().begin(), fields.bytes().end());
  return out;
}

inline ByteVector processRecord(uint32_t pid, std::string_view suppressions = {}) {
  Fields fields;
  fields.u32(Tag::ProcessId, pid).text(Tag::Executable, "/demo/app").text(Tag::SnagVersion, "9.9");
  if (!suppressions.empty()) fields.text(Tag::Suppressions, suppressions);
  return makeRecord(record::RecordKind::Process, fields);
}

inline ByteVector summaryRecord(uint64_t races, uint64_t forgotten = 0) {
  return makeRecord(record::RecordKind::Summary, Fields()
                                                     .u64(Tag::SummaryRaces, races)
                                                     .u64(Tag::SummaryForgotten, forgotten)
                                                     .u32(Tag::SummaryThreads, 3)
                                                     .u64(Tag::SummaryChecks, 1000)
                                                     .u32(Tag::SummaryModules, 1));
}

inline Fields siteFields(std::string_view function, std::string_view file, uint32_t line, uint32_t column,
                         std::string_view variable) {
  return Fields()
      .text(Tag::SiteFunction, function)
      .text(Tag::SiteFile, file)
      .u32(Tag::SiteLine, line)
      .u32(Tag::SiteColumn, column)
      .text(Tag::SiteVariable, variable);
}

inline Fields accessFields(uint32_t kind, uint32_t thread, const Fields& site,
                           const std::vector<uint64_t>& stack = {}) {
  Fields fields;
  fields.u32(Tag::AccessKind, kind)
      .u32(Tag::AccessThread, thread)
      .u64(Tag::AccessAddress, 0x4000)
      .u32(Tag::AccessSize, 4);
  fields.nested(Tag::Site, site);
  if (!stack.empty()) fields.stack(Tag::Stack, stack);
  return fields;
}

// Two unlocked `counter += 1` in increment() of /demo/app.cpp, line 9: the smallest whole finding.
inline ByteVector findingRecord(uint32_t sequence, std::string_view function = "increment", uint32_t line = 9) {
  const Fields site = siteFields(function, "/demo/app.cpp", line, 11, "counter");
  Fields fields;
  fields.u32(Tag::Kind, static_cast<uint32_t>(record::FindingKind::LostUpdate)).u32(Tag::Sequence, sequence);
  fields.u64(Tag::Address, 0x4000).u32(Tag::Size, 4);
  fields.nested(Tag::Access, accessFields(record::kAccessRead | record::kAccessWrite, 2, site));
  fields.nested(Tag::Access, accessFields(record::kAccessRead | record::kAccessWrite, 1, site));
  fields.nested(Tag::Object, Fields()
                                 .u32(Tag::ObjectKindTag, static_cast<uint32_t>(record::ObjectKind::Global))
                                 .u64(Tag::ObjectStart, 0x4000));
  return makeRecord(record::RecordKind::Finding, fields);
}

}  // namespace snag::test

#endif  // SNAG_TESTS_RECORD_BUILDER_H
