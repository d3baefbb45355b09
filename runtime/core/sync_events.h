// What acquires and releases do to clocks. See detector.h for the meaning; the thread is inside the detector.
#ifndef SNAG_CORE_SYNC_EVENTS_H
#define SNAG_CORE_SYNC_EVENTS_H

#include "core/detector_impl.h"

namespace snag {

void acquireLock(DetectorImpl& detector, ThreadState& thread, uintptr_t lock, LockMode mode);
void releaseLock(DetectorImpl& detector, ThreadState& thread, uintptr_t lock, LockMode mode);
void acquireObject(DetectorImpl& detector, ThreadState& thread, uintptr_t object);
void releaseObject(DetectorImpl& detector, ThreadState& thread, uintptr_t object);
void destroyObject(DetectorImpl& detector, uintptr_t object);

}  // namespace snag

#endif  // SNAG_CORE_SYNC_EVENTS_H
