// What is printed when there is no tool to print it: what the site table knows, the rest as module + offset.
#ifndef SNAG_REPORT_TEXT_WRITER_H
#define SNAG_REPORT_TEXT_WRITER_H

#include "report/race_report.h"
#include "report/text_buffer.h"

namespace snag {

// Header first, SUMMARY line last, as in the tool's reports.
void writeText(const RaceReport& report, uint32_t processId, TextBuffer& out);

// Why there are no whole reports and how to get them. `startedTool`: one was started, but ended too early.
void writeCure(bool startedTool, const char* lookedAt, TextBuffer& out);

}  // namespace snag

#endif  // SNAG_REPORT_TEXT_WRITER_H
