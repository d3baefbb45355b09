// Reports in ThreadSanitizer's form, for tools that read its output.
#ifndef SNAG_RENDER_TSAN_H
#define SNAG_RENDER_TSAN_H

#include "render/renderer.h"

#include <string>

namespace snag::render {

// The forms that printed reports have: the option report_style.
enum class ReportStyle { Snag, Tsan, CodeChecker };

// Snag for a name that is not known.
ReportStyle reportStyleNamed(const std::string& name);

// One report between two lines of "=". ThreadSanitizer's header has no process id in front, but CodeChecker's
// report-converter looks for one: CodeChecker puts it there.
std::string tsanReport(const Report& report, ReportStyle style);

// The line after the last report; empty if there was none.
std::string tsanTotals(size_t reports);

}  // namespace snag::render

#endif  // SNAG_RENDER_TSAN_H
