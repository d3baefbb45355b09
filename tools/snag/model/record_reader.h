// Cuts a stream of bytes into records, decodes them and hands them on. Works on partial input: feed it whatever
// a read returned. Damage is reported once per place and skipped; whole records after it are still delivered.
#ifndef SNAG_MODEL_RECORD_READER_H
#define SNAG_MODEL_RECORD_READER_H

#include "model/field_cursor.h"
#include "model/finding.h"

#include <string>
#include <vector>

namespace snag::model {

// Receives what the reader finds, in stream order. `problem` messages are whole sentences for the user.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void process(Process process) = 0;
  virtual void finding(Finding finding) = 0;
  virtual void summary(Summary summary) = 0;
  virtual void problem(const std::string& message) = 0;
};

class RecordReader {
 public:
  explicit RecordReader(RecordSink& sink) : sink_(sink) {}

  void feed(Bytes bytes);
  // The stream has ended: complains about an unfinished record and keeps what it holds of a finding.
  void finish();

 private:
  bool takeRecord();
  bool skipDamage();
  void salvage();
  void deliver(uint32_t kind, Bytes fields);
  void refuseVersion(uint32_t version, uint32_t kind, Bytes fields);
  Bytes rest() const { return Bytes(buffer_).subspan(position_); }

  RecordSink& sink_;
  std::vector<uint8_t> buffer_;
  size_t position_ = 0;
  bool inDamage_ = false;        // the current stretch of damage has been reported
  bool versionRefused_ = false;  // likewise
};

}  // namespace snag::model

#endif  // SNAG_MODEL_RECORD_READER_H
