#include "report/public_report.h"

#include "report/finding_name.h"
#include "report/text_writer.h"

namespace snag {

namespace {

const void* pointerTo(uintptr_t address) { return reinterpret_cast<const void*>(address); }

bool isWrite(uint32_t kind) {
  constexpr uint32_t kWriting =
      record::kAccessWrite | record::kAccessPartOfRmw | record::kAccessAllocate | record::kAccessFree;
  return (kind & kWriting) != 0;
}

}  // namespace

PublicReport::PublicReport(const RaceReport& finding, int exitCode) : finding_(finding) {
  TextBuffer title(title_, sizeof title_);
  writeTitle(finding, title);
  report_.bytes = sizeof report_;
  report_.sequence = finding.sequence;
  report_.kind = findingName(finding.kind);
  report_.title = title_;
  report_.object = finding.stepCount == 0 ? objectName(finding) : finding.subjectText;
  report_.address = pointerTo(finding.address);
  report_.size = finding.size;
  report_.exit_code = exitCode;
  report_.accesses = accesses_;
  report_.access_count = finding.stepCount == 0 ? 2 : finding.stepCount;
  for (size_t i = 0; i < report_.access_count; ++i)
    finding.stepCount == 0 ? setAccess(finding.accesses[i], accesses_[i]) : setStep(finding.steps[i], accesses_[i]);
}

void PublicReport::setAccess(const ReportAccess& from, snag_report_access& to) {
  to.address = pointerTo(from.address);
  to.size = from.size;
  to.is_read = (from.kind & (record::kAccessRead | record::kAccessPartOfRmw)) != 0;
  to.is_write = isWrite(from.kind);
  to.is_atomic = (from.kind & record::kAccessAtomic) != 0;
  to.function = from.site != nullptr ? siteText(from.site->function) : "";
  to.file = from.site != nullptr ? siteText(from.site->file) : "";
  to.line = from.site != nullptr ? from.site->line : 0;
  to.column = from.site != nullptr ? from.site->column : 0;
  setThread(from.thread, to);
  setStack(from.stack, to);
}

void PublicReport::setStep(const ReportStep& from, snag_report_access& to) {
  to.address = pointerTo(from.object.address);
  to.function = to.file = to.thread_name = "";
  if (from.hasThread) setThread(from.thread, to);
  setStack(from.stack, to);
}

void PublicReport::setThread(uint32_t number, snag_report_access& to) {
  to.thread = number;
  to.thread_name = "";
  for (size_t i = 0; i < finding_.threadCount; ++i) {
    if (finding_.threads[i].number != number) continue;
    to.thread_id = finding_.threads[i].osId;
    to.thread_name = finding_.threads[i].name;
  }
}

void PublicReport::setStack(const ReportStack& stack, snag_report_access& to) {
  static_assert(sizeof(uintptr_t) == sizeof(void*));
  to.frames = reinterpret_cast<const void* const*>(stack.frames);
  to.frame_count = stack.count;
}

}  // namespace snag
