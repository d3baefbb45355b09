// Blocks of memory: handed out, given back, forgotten. See detector.h for the meaning; ranges have shadow and are not
// empty.
#ifndef SNAG_CORE_MEMORY_EVENTS_H
#define SNAG_CORE_MEMORY_EVENTS_H

#include "core/detector_impl.h"

namespace snag {

void markAllocated(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t start, size_t size);
// An access by a thread that is alone: nothing races with it, and what was remembered of the memory matters no more.
void forgetAtAccess(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size);
void markFreed(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t start, size_t size);
// Locks in the range that somebody holds: it is about to be unmapped. Whole pages.
void reportHeldLocks(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t start, size_t size);
// Any thread, inside the detector or before there are others.
void forgetRange(DetectorImpl& detector, uintptr_t start, size_t size);

}  // namespace snag

#endif  // SNAG_CORE_MEMORY_EVENTS_H
