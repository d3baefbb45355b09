// Writes records of include/snag/record.h into a buffer that it is lent. A field that does not fit is left out as a
// whole, so what is written always reads back.
#ifndef SNAG_REPORT_RECORD_WRITER_H
#define SNAG_REPORT_RECORD_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "snag/record.h"

namespace snag {

struct RaceReport;

class RecordWriter {
 public:
  static constexpr size_t kMaxText = 4096;   // longer texts are cut
  static constexpr size_t kMaxFrames = 128;  // of one stack, the outermost are cut

  // Enough for every finding: 2 + 2*16 locks + 1 usual + 1 object + 32 threads of stacks, 64 modules, two sites.
  static constexpr size_t kBufferBytes = 1 << 20;

  RecordWriter(uint8_t* buffer, size_t capacity) : buffer_(buffer), capacity_(capacity) {}

  void begin(record::RecordKind kind);
  void u32(record::Tag tag, uint32_t value);
  void u64(record::Tag tag, uint64_t value);
  void text(record::Tag tag, const char* value);  // nothing for an empty text
  void raw(record::Tag tag, const void* bytes, size_t size);
  // Completes the record; returns its size.
  size_t end();

  // A nested field: everything that is written while the guard lives.
  class Nested {
   public:
    Nested(RecordWriter& writer, record::Tag tag) : writer_(writer), start_(writer.open(tag)) {}
    ~Nested() { writer_.close(start_); }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    RecordWriter& writer_;
    const size_t start_;
  };

  // Space for a field's payload, zero-filled; null if it does not fit.
  uint8_t* field(record::Tag tag, size_t bytes);

 private:
  static constexpr size_t kNowhere = ~size_t{0};

  size_t open(record::Tag tag);
  void close(size_t start);

  uint8_t* const buffer_;
  const size_t capacity_;
  size_t used_ = 0;
};

// The Finding record of a report. Returns its size.
size_t writeFinding(const RaceReport& report, uint8_t* buffer, size_t capacity);

}  // namespace snag

#endif  // SNAG_REPORT_RECORD_WRITER_H
