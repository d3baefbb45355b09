// Brackets around the program's own atomic operations. The thread stays inside the runtime from enter to leave, because
// it holds the location's lock: a signal handler in between must not reach the detector.
#include "runtime.h"

namespace snag {
namespace {

// A wild pointer faults here, before the lock is taken, as it would have without us.
void touch(const void* address) { static_cast<void>(*static_cast<const volatile char*>(address)); }

}  // namespace
}  // namespace snag

void __snag_atomic_enter(const void* address, uint64_t size, const SnagSite* site, uint64_t context) {
  snag::touch(address);
  snag::RuntimeScope scope;
  if (!scope) {
    ++snag::threadLocals.skippedAtomics;
    return;
  }
  const snag::Place place{site, context, reinterpret_cast<uintptr_t>(__builtin_return_address(0)),
                          reinterpret_cast<uintptr_t>(__builtin_frame_address(0))};
  snag::detector().atomicEnter(scope.thread(), place, reinterpret_cast<uintptr_t>(address), size);
  scope.keep();
}

void __snag_atomic_leave(const void* address, uint64_t size, uint32_t operation, uint32_t order) {
  if (snag::threadLocals.skippedAtomics != 0) {
    --snag::threadLocals.skippedAtomics;
    return;
  }
  snag::ThreadState& thread = *snag::threadLocals.state;
  snag::detector().atomicLeave(thread, reinterpret_cast<uintptr_t>(address), size,
                               static_cast<snag::AtomicOperation>(operation), static_cast<snag::MemoryOrder>(order));
  snag::leaveRuntime(thread);
}

void __snag_fence(uint32_t order) {
  if (snag::RuntimeScope scope; scope) snag::detector().fence(scope.thread(), static_cast<snag::MemoryOrder>(order));
}
