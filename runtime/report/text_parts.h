// Pieces that printed findings of every kind have: threads, stacks, locks.
#ifndef SNAG_REPORT_TEXT_PARTS_H
#define SNAG_REPORT_TEXT_PARTS_H

#include "report/race_report.h"
#include "report/text_buffer.h"

namespace snag {

class TextParts {
 public:
  TextParts(const RaceReport& report, TextBuffer& out) : report_(report), out_(out) {}

 protected:
  void writeThreadName(uint32_t number);
  // Frames from `first` on; a stack of a handful too many is cut.
  void writeStack(const ReportStack& stack, size_t first);
  void writeAddress(uintptr_t address);
  void writeLock(const char* indent, const ReportLock& lock);
  // Who created the threads that are mentioned.
  void writeCreations();

  const RaceReport& report_;
  TextBuffer& out_;
};

}  // namespace snag

#endif  // SNAG_REPORT_TEXT_PARTS_H
