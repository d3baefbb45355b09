// The lock that most remembered accesses to an object held: the one a reader should have taken.
#ifndef SNAG_REPORT_USUAL_LOCK_H
#define SNAG_REPORT_USUAL_LOCK_H

#include "core/detector.h"
#include "core/race.h"

namespace snag {

struct UsualLock {
  Detector::HeldLockInfo lock{};
  uint32_t held = 0;   // accesses that held it
  uint32_t total = 0;  // accesses looked at
};

// Looks at accesses to [start, end) and at the two of the race, whose lock sets are given. False unless one lock was
// held by at least half of them and not by both sides of the race.
bool findUsualLock(Detector& detector, const Race& race, LockSetId caughtLocks, uintptr_t start, uintptr_t end,
                   UsualLock* out);

}  // namespace snag

#endif  // SNAG_REPORT_USUAL_LOCK_H
