// The memory model for atomic operations and fences (C++20 [atomics.order], [atomics.fences]).
//
//   operation                  effect (C: thread's clock, A: acquire-fence clock, F: release-fence clock, L: location's
//   clock) load relaxed / acquire     A ⊔= L  /  C ⊔= L store relaxed / release    L := F  /  L := C, then a new
//   segment read-modify-write          both parts by their orders; the store part continues the release sequence: L ⊔=
//   … failed compare-exchange    a load with the failure order fence acquire / release    C ⊔= A  /  F := C, then a new
//   segment
//
// consume counts as acquire; seq_cst keeps its acquire and release halves.
#ifndef SNAG_CORE_ATOMIC_EVENTS_H
#define SNAG_CORE_ATOMIC_EVENTS_H

#include "core/detector_impl.h"

namespace snag {

// Takes the location's lock. The range has shadow.
void enterAtomic(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t address, size_t size);
// Drops it, then hands races to the sink.
void leaveAtomic(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size, AtomicOperation operation,
                 MemoryOrder order);
// Both for a load or read-modify-write that is over, and was done without the lock at thread.atomicPlace. Stores that
// came in between may have ended the release sequence that it has read from or continued, so it counts as having read
// all that may have been there.
void catchUpWithAtomic(DetectorImpl& detector, ThreadState& thread, uintptr_t address, size_t size,
                       AtomicOperation operation, MemoryOrder order);
void fenceThread(DetectorImpl& detector, ThreadState& thread, MemoryOrder order);

}  // namespace snag

#endif  // SNAG_CORE_ATOMIC_EVENTS_H
