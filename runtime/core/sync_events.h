// What acquires and releases do to clocks. See detector.h for the meaning; the thread is inside the detector.
#ifndef SNAG_CORE_SYNC_EVENTS_H
#define SNAG_CORE_SYNC_EVENTS_H

#include "core/detector_impl.h"

namespace snag {

// `context` is the place of the event, for reports. They also keep the list of the locks that the thread holds.
void acquireLock(DetectorImpl& detector, ThreadState& thread, uintptr_t lock, LockMode mode, ContextId context);
void releaseLock(DetectorImpl& detector, ThreadState& thread, uintptr_t lock, LockMode mode, ContextId context);
// The thread ends with locks in its hands. Of robust ones, its past goes to whoever gets them next.
void bequeathLocks(DetectorImpl& detector, ThreadState& thread);
void acquireObject(DetectorImpl& detector, ThreadState& thread, uintptr_t object);
void releaseObject(DetectorImpl& detector, ThreadState& thread, uintptr_t object);
void destroyObject(DetectorImpl& detector, uintptr_t object);
// Null if nothing is remembered there. The caller holds the word's lock.
SyncObject* findSyncObject(DetectorImpl& detector, uintptr_t address);
// The lock's node in the graph of lock orders, made if need be.
LockNode lockNode(DetectorImpl& detector, uintptr_t lock);

}  // namespace snag

#endif  // SNAG_CORE_SYNC_EVENTS_H
