// From a misuse of the core to a finding as plain data.
#ifndef SNAG_REPORT_MISUSE_BUILDER_H
#define SNAG_REPORT_MISUSE_BUILDER_H

#include "core/detector.h"
#include "core/misuse.h"
#include "report/heap_block.h"

namespace snag {

struct RaceReport;

// Equal for two misuses that are one bug, on whatever object: kind and places in the code.
uint64_t misuseKey(const Detector& detector, const Misuse& misuse);

// `out` is freshly constructed.
void buildMisuse(Detector& detector, FindHeapBlock findHeapBlock, const Misuse& misuse, RaceReport& out);

}  // namespace snag

#endif  // SNAG_REPORT_MISUSE_BUILDER_H
