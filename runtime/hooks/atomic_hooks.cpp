// Brackets around the program's own atomic operations. The thread stays inside the runtime from enter to leave, because
// it holds the location's lock: a signal handler in between must not reach the detector.
#include "runtime.h"

namespace snag {
namespace {

// A wild pointer faults here, before the lock is taken, as it would have without us.
void touch(const void* address) { static_cast<void>(*static_cast<const volatile char*>(address)); }

}  // namespace
}  // namespace snag

SNAG_PRESERVE_MOST void __snag_atomic_enter(const void* address, uint64_t size, const SnagSite* site,
                                            uint64_t context) {
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

SNAG_PRESERVE_MOST void __snag_atomic_leave(const void* address, uint64_t what) {
  if (snag::threadLocals.skippedAtomics != 0) {
    --snag::threadLocals.skippedAtomics;
    return;
  }
  snag::ThreadState& thread = *snag::threadLocals.state;
  const auto operation = static_cast<snag::AtomicOperation>(what >> SNAG_LEAVE_OPERATION & 0xff);
  snag::detector().atomicLeave(thread, reinterpret_cast<uintptr_t>(address), what >> SNAG_LEAVE_SIZE, operation,
                               static_cast<snag::MemoryOrder>(what & 0xff));
  snag::leaveRuntime(thread);
}

void __snag_fence(uint32_t order) {
  if (snag::RuntimeScope scope; scope) snag::detector().fence(scope.thread(), static_cast<snag::MemoryOrder>(order));
}
