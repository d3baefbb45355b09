// Misuse of locks: what is remembered for it, and the stories told about it. See misuse.h for the kinds.
#ifndef SNAG_CORE_LOCK_MISUSE_H
#define SNAG_CORE_LOCK_MISUSE_H

#include "core/detector_impl.h"
#include "core/misuse.h"

namespace snag {

// Before a thread waits for a lock: its order with the locks held. The thread is inside the detector and holds no
// locks of it.
void wantLock(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t lock, LockMode mode);

// Tells the story of one lock. `known`, if not null, is what was known of it before it went.
void reportLockMisuse(DetectorImpl& detector, ThreadState& thread, const Place& place, MisuseKind kind, uintptr_t lock,
                      const LockUse* known = nullptr);

// What is known of the lock at the address: all zero if nothing.
LockUse lockUse(DetectorImpl& detector, uintptr_t lock);

// The record that a use names, if it still exists.
const ThreadRecord* userOf(const DetectorImpl& detector, const LockUse& use);

// True if the use is a hold by a thread that runs and belongs to this process.
bool isHeldByRunningThread(const DetectorImpl& detector, const LockUse& use);

}  // namespace snag

#endif  // SNAG_CORE_LOCK_MISUSE_H
