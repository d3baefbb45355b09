// Finds and starts the snag tool: the one that was named, else beside this build's compiler wrapper, else on PATH.
#ifndef SNAG_REPORT_TOOL_SEARCH_H
#define SNAG_REPORT_TOOL_SEARCH_H

#include "platform/process.h"
#include "report/text_buffer.h"

namespace snag {

// `named` is the option tool=…, or empty; a tool that was named is not replaced by another one.
// Appends to `lookedAt` where it looked, separated by commas. Not open if no tool could be started.
platform::Channel startSnagTool(const char* named, TextBuffer& lookedAt);

}  // namespace snag

#endif  // SNAG_REPORT_TOOL_SEARCH_H
