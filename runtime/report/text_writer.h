// What is printed when there is no tool to print it: what the site table knows, the rest as module + offset.
#ifndef SNAG_REPORT_TEXT_WRITER_H
#define SNAG_REPORT_TEXT_WRITER_H

#include "report/race_report.h"
#include "report/text_buffer.h"

namespace snag {

// Header first, SUMMARY line last, as in the tool's reports.
void writeText(const RaceReport& report, uint32_t processId, TextBuffer& out);

// What the header says of the finding, after the program's id: "lost update on 'Stats::hits' (global 'stats')".
void writeTitle(const RaceReport& report, TextBuffer& out);

// The object as the sites call it, "Stats::hits"; empty if they do not name it.
const char* objectName(const RaceReport& report);

// Why there are no whole reports and how to get them. `startedTool`: one was started, but ended too early.
void writeCure(bool startedTool, const char* lookedAt, TextBuffer& out);

}  // namespace snag

#endif  // SNAG_REPORT_TEXT_WRITER_H
