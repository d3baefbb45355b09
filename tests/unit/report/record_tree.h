// Reads records back for tests: a record is a tree of fields. Strict: damage fails the test that reads.
#ifndef SNAG_TESTS_UNIT_REPORT_RECORD_TREE_H
#define SNAG_TESTS_UNIT_REPORT_RECORD_TREE_H

#include <stdint.h>

#include <string>
#include <vector>

#include "snag/record.h"

namespace snag::test {

struct Field {
  record::Tag tag{};
  std::vector<uint8_t> payload;

  uint64_t number() const;  // u32 or u64
  std::string text() const { return {payload.begin(), payload.end()}; }
  std::vector<record::StackFrame> stack() const;
};

class Fields {
 public:
  Fields() = default;
  Fields(const uint8_t* bytes, size_t count);

  size_t count(record::Tag tag) const;
  bool has(record::Tag tag) const { return count(tag) > 0; }
  // The nth field with this tag; a failure and an empty one if there is none.
  Field at(record::Tag tag, size_t n = 0) const;
  Fields nested(record::Tag tag, size_t n = 0) const;
  uint64_t number(record::Tag tag) const { return at(tag).number(); }
  std::string text(record::Tag tag) const { return at(tag).text(); }

 private:
  void readFrom(const uint8_t* bytes, size_t count);

  std::vector<Field> fields_;
};

struct Record {
  record::RecordKind kind{};
  Fields fields;
};

std::vector<Record> readRecords(const std::vector<uint8_t>& stream);

}  // namespace snag::test

#endif  // SNAG_TESTS_UNIT_REPORT_RECORD_TREE_H
