// Turns a race into a report: asks the detector, the heap and the platform for all that a reader wants to know.
#ifndef SNAG_REPORT_REPORT_BUILDER_H
#define SNAG_REPORT_REPORT_BUILDER_H

#include "core/detector.h"
#include "core/race.h"
#include "report/dedup.h"
#include "report/heap_block.h"
#include "report/race_report.h"

namespace snag {

// What each side does and where, without walking or looking anything up that costs much.
RaceSide caughtSide(const Race& race);
RaceSide earlierSide(const Detector& detector, const Race& race);

// What the two sides do decides the kind; which of them was caught does not.
record::FindingKind findingKind(uint32_t oneKind, uint32_t otherKind);

// The thing raced on as far as telling findings apart goes (see dedup.h).
uint64_t objectIdentity(const Detector& detector, FindHeapBlock findHeapBlock, uintptr_t address);

// Fills in everything but `sequence`. Runs on the thread that caught the race.
void buildReport(Detector& detector, FindHeapBlock findHeapBlock, const Race& race, RaceReport& out);

}  // namespace snag

#endif  // SNAG_REPORT_REPORT_BUILDER_H
