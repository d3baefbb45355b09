// A finding of a thread between the moment it was made and the moment the program has heard of it.
#ifndef SNAG_HOOKS_KEPT_REPORT_H
#define SNAG_HOOKS_KEPT_REPORT_H

#include "report/public_report.h"

namespace snag {

struct KeptReport {
  KeptReport(const RaceReport& from, int exitCode) : finding(from), shown(finding, exitCode) {}

  const RaceReport finding;
  const PublicReport shown;
  KeptReport* next = nullptr;
};

}  // namespace snag

#endif  // SNAG_HOOKS_KEPT_REPORT_H
