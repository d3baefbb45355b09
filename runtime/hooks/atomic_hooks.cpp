// Brackets around the program's own atomic operations, and loads. From enter to leave the thread stays inside the
// runtime, because it may hold the location's lock: a signal handler in between must not reach the detector.
#include "hooks/here.h"

namespace snag {
namespace {

// A wild pointer faults here, before the lock is taken, as it would have without us.
void touch(const void* address) { static_cast<void>(*static_cast<const volatile char*>(address)); }

// What hooks.h packs into one number.
struct Operation {
  explicit Operation(uint64_t what)
      : order(static_cast<MemoryOrder>(what & 0xff)),
        operation(static_cast<AtomicOperation>(what >> SNAG_LEAVE_OPERATION & 0xff)),
        size(what >> SNAG_LEAVE_SIZE) {}
  const MemoryOrder order;
  const AtomicOperation operation;
  const size_t size;
};

// Sequentially consistent whatever was asked for: that costs nothing more on x86-64.
template <typename T>
T load(const void* address) {
  return __atomic_load_n(static_cast<const T*>(address), __ATOMIC_SEQ_CST);
}

template <typename T>
inline uint64_t checkedLoad(const void* address, MemoryOrder order, const Place& place) {
  touch(address);
  RuntimeScope scope;
  if (!scope) return load<T>(address);
  ThreadState& thread = scope.thread();
  const auto where = reinterpret_cast<uintptr_t>(address);
  T value;
  if (detector().isKnownLoad(thread, where, sizeof(T), order)) {
    value = load<T>(address);
    if (__builtin_expect(thread.knownAtomic.holds(), 1)) return value;
  }
  detector().atomicEnter(thread, place, where, sizeof(T));
  value = load<T>(address);
  detector().atomicLeave(thread, where, sizeof(T), AtomicOperation::Load, order);
  return value;
}

}  // namespace
}  // namespace snag

#define SNAG_LOAD_HOOK(bytes, type)                                                                                \
  SNAG_PRESERVE_MOST uint64_t __snag_atomic_load##bytes(const void* address, uint32_t order, const SnagSite* site, \
                                                        uint64_t context) {                                        \
    return snag::checkedLoad<type>(address, static_cast<snag::MemoryOrder>(order), SNAG_HERE);                     \
  }

SNAG_LOAD_HOOK(1, uint8_t)
SNAG_LOAD_HOOK(2, uint16_t)
SNAG_LOAD_HOOK(4, uint32_t)
SNAG_LOAD_HOOK(8, uint64_t)

SNAG_PRESERVE_MOST void __snag_atomic_enter(const void* address, uint64_t what, const SnagSite* site,
                                            uint64_t context) {
  snag::touch(address);
  snag::RuntimeScope scope;
  if (!scope) {
    ++snag::threadLocals.skippedAtomics;
    return;
  }
  const snag::Operation it(what);
  snag::detector().atomicEnter(scope.thread(), SNAG_HERE, reinterpret_cast<uintptr_t>(address), it.size, it.operation,
                               it.order);
  scope.keep();
}

SNAG_PRESERVE_MOST void __snag_atomic_leave(const void* address, uint64_t what) {
  if (snag::threadLocals.skippedAtomics != 0) {
    --snag::threadLocals.skippedAtomics;
    return;
  }
  snag::ThreadState& thread = *snag::threadLocals.state;
  const snag::Operation it(what);
  snag::detector().atomicLeave(thread, reinterpret_cast<uintptr_t>(address), it.size, it.operation, it.order);
  snag::leaveRuntime(thread);
}

void __snag_fence(uint32_t order) {
  if (snag::RuntimeScope scope; scope) snag::detector().fence(scope.thread(), static_cast<snag::MemoryOrder>(order));
}
