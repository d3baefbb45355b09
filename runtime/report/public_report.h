// A finding as snag.h shows it to the program.
#ifndef SNAG_REPORT_PUBLIC_REPORT_H
#define SNAG_REPORT_PUBLIC_REPORT_H

#include "report/race_report.h"
#include "snag/snag.h"

namespace snag {

// Points into the finding that it was made of. Big, so never on a thread's stack.
class PublicReport {
 public:
  static constexpr size_t kMaxTitle = 512;

  // `finding` outlives this object. `exitCode`: the option of that name.
  PublicReport(const RaceReport& finding, int exitCode);
  PublicReport(const PublicReport&) = delete;
  PublicReport& operator=(const PublicReport&) = delete;

  const snag_report& get() const { return report_; }

 private:
  void setAccess(const ReportAccess& from, snag_report_access& to);
  void setStep(const ReportStep& from, snag_report_access& to);
  void setThread(uint32_t number, snag_report_access& to);
  static void setStack(const ReportStack& stack, snag_report_access& to);

  const RaceReport& finding_;
  snag_report report_{};
  snag_report_access accesses_[Misuse::kMaxSteps]{};
  char title_[kMaxTitle];
};

}  // namespace snag

#endif  // SNAG_REPORT_PUBLIC_REPORT_H
