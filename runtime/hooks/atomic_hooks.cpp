// Brackets around the program's own atomic operations, and loads. From enter to leave the thread stays inside the
// runtime, because it may hold the location's lock: a signal handler in between must not reach the detector.
#include "core/known_atomic.h"
#include "core/quick_atomic.h"
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

// The quick ways, for operations that change nothing, and for those at known locations and places, make no calls that
// change registers: what they do not decide goes on as if the program had called the other hook. This is a RuntimeScope
// without the calls that one may make.
class QuickScope {
 public:
  SNAG_ALWAYS_INLINE QuickScope() : thread_(threadLocals.state) {
    if (SNAG_UNLIKELY(thread_ == nullptr || thread_->isInRuntime()))
      thread_ = nullptr;
    else
      thread_->enterRuntime();
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
  SNAG_ALWAYS_INLINE explicit operator bool() const { return SNAG_LIKELY(thread_ != nullptr); }
  SNAG_ALWAYS_INLINE ThreadState& thread() const { return *thread_; }
  // False if the thread has work to do before it goes on.
  SNAG_ALWAYS_INLINE bool leave() const { return leave(*thread_); }
  SNAG_ALWAYS_INLINE static bool leave(ThreadState& thread) {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    thread.inRuntime.store(WhereInRuntime::Outside, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    return SNAG_LIKELY(!thread.hasDeferredWork.load(std::memory_order_relaxed));
  }

 private:
  ThreadState* thread_;
};

template <typename T>
SNAG_ALWAYS_INLINE bool loadQuickly(const void* address, MemoryOrder order, T* value) {
  touch(address);
  const QuickScope scope;
  if (!scope) return false;
  KnownAtomic known;
  bool isDone = false;
  if (findKnownAtomic(detector().impl(), scope.thread(), reinterpret_cast<uintptr_t>(address), sizeof(T),
                      AtomicMemo::effectsOf(AtomicOperation::Load, order), &known)) {
    *value = load<T>(address);
    isDone = known.holds();
  }
  return scope.leave() && isDone;
}

// The rest of a load that QuickAtomic has begun.
SNAG_RARE void finishLoad(const QuickAtomic& begun, MemoryOrder order) {
  detector().atomicLeave(begun.thread, begun.address, begun.size, AtomicOperation::Load, order);
}

template <typename T>
SNAG_ALWAYS_INLINE bool loadUnderLock(const void* address, MemoryOrder order, const Place& place, T* value) {
  const QuickScope scope;
  if (!scope) return false;
  const QuickAtomic it{detector().impl(), scope.thread(), reinterpret_cast<uintptr_t>(address), sizeof(T)};
  const bool isDone = it.enter(place);
  if (isDone) {
    *value = load<T>(address);
    if (!it.leave<AtomicOperation::Load>(order)) finishLoad(it, order);
  }
  return scope.leave() && isDone;
}

template <typename T>
inline uint64_t checkedLoad(const void* address, MemoryOrder order, const Place& place) {
  RuntimeScope scope;
  if (!scope) return load<T>(address);
  ThreadState& thread = scope.thread();
  const auto where = reinterpret_cast<uintptr_t>(address);
  detector().atomicEnter(thread, place, where, sizeof(T));
  const T value = load<T>(address);
  detector().atomicLeave(thread, where, sizeof(T), AtomicOperation::Load, order);
  return value;
}

// The operation will write: its cache line comes over once, not first to be read.
void expectWrite(const void* address) { asm volatile("prefetchw %0" ::"m"(*static_cast<const char*>(address))); }

SNAG_ALWAYS_INLINE bool enterQuickly(const void* address, const Operation& it, const Place& place) {
  const QuickScope scope;
  if (!scope) return false;
  // Between enter and leave the thread stays inside the runtime.
  if (enterKnownAtomic(detector().impl(), scope.thread(), place, reinterpret_cast<uintptr_t>(address), it.size,
                       it.operation, it.order))
    return true;
  scope.leave();  // what has to be done meanwhile is done after the operation
  return false;
}

SNAG_ALWAYS_INLINE bool enterLocation(const void* address, size_t size, const Place& place) {
  const QuickScope scope;
  if (!scope) return false;
  if (QuickAtomic{detector().impl(), scope.thread(), reinterpret_cast<uintptr_t>(address), size}.enter(place))
    return true;
  scope.leave();
  return false;
}

SNAG_ALWAYS_INLINE bool leaveKnown(const Operation& it) {
  ThreadState* thread = threadLocals.state;
  return SNAG_LIKELY(threadLocals.skippedAtomics == 0) && leaveKnownAtomic(*thread, it.operation, it.order) &&
         QuickScope::leave(*thread);
}

template <AtomicOperation operation>
SNAG_ALWAYS_INLINE bool leaveLocation(const void* address, const Operation& it) {
  ThreadState& thread = *threadLocals.state;
  return SNAG_LIKELY(threadLocals.skippedAtomics == 0) &&
         QuickAtomic{detector().impl(), thread, reinterpret_cast<uintptr_t>(address), it.size}.leave<operation>(
             it.order) &&
         QuickScope::leave(thread);
}

}  // namespace
}  // namespace snag

#define SNAG_LOAD_HOOK(bytes, type)                                                                                \
  static SNAG_PRESERVE_MOST uint64_t loadSlowly##bytes(const void* address, uint32_t order, const SnagSite* site,  \
                                                       uint64_t context) {                                         \
    return snag::checkedLoad<type>(address, static_cast<snag::MemoryOrder>(order), SNAG_HERE);                     \
  }                                                                                                                \
  static SNAG_PRESERVE_MOST __attribute__((noinline))                                                              \
  uint64_t loadUnderLock##bytes(const void* address, uint32_t order, const SnagSite* site, uint64_t context) {     \
    type value;                                                                                                    \
    if (snag::loadUnderLock(address, static_cast<snag::MemoryOrder>(order), SNAG_HERE, &value)) return value;      \
    [[clang::musttail]] return loadSlowly##bytes(address, order, site, context);                                   \
  }                                                                                                                \
  SNAG_PRESERVE_MOST uint64_t __snag_atomic_load##bytes(const void* address, uint32_t order, const SnagSite* site, \
                                                        uint64_t context) {                                        \
    type value;                                                                                                    \
    if (snag::loadQuickly(address, static_cast<snag::MemoryOrder>(order), &value)) return value;                   \
    [[clang::musttail]] return loadUnderLock##bytes(address, order, site, context);                                \
  }

SNAG_LOAD_HOOK(1, uint8_t)
SNAG_LOAD_HOOK(2, uint16_t)
SNAG_LOAD_HOOK(4, uint32_t)
SNAG_LOAD_HOOK(8, uint64_t)

static SNAG_PRESERVE_MOST __attribute__((noinline)) void enterSlowly(const void* address, uint64_t what,
                                                                     const SnagSite* site, uint64_t context) {
  snag::RuntimeScope scope;
  if (!scope) {
    ++snag::threadLocals.skippedAtomics;
    return;
  }
  snag::detector().atomicEnter(scope.thread(), SNAG_HERE, reinterpret_cast<uintptr_t>(address),
                               snag::Operation(what).size);
  scope.keep();
}

static SNAG_PRESERVE_MOST __attribute__((noinline)) void enterLocking(const void* address, uint64_t what,
                                                                      const SnagSite* site, uint64_t context) {
  if (snag::enterLocation(address, snag::Operation(what).size, SNAG_HERE)) return;
  [[clang::musttail]] return enterSlowly(address, what, site, context);
}

static SNAG_PRESERVE_MOST __attribute__((noinline)) void enterAsking(const void* address, uint64_t what,
                                                                     const SnagSite* site, uint64_t context) {
  if (snag::enterQuickly(address, snag::Operation(what), SNAG_HERE)) return;
  [[clang::musttail]] return enterLocking(address, what, site, context);
}

SNAG_PRESERVE_MOST void __snag_atomic_enter(const void* address, uint64_t what, const SnagSite* site,
                                            uint64_t context) {
  snag::expectWrite(address);
  snag::touch(address);
  const snag::Operation it(what);
  if (!snag::mayBeKnownAtomic(it.operation, it.order)) [[clang::musttail]]
    return enterLocking(address, what, site, context);
  [[clang::musttail]] return enterAsking(address, what, site, context);
}

static SNAG_PRESERVE_MOST void leaveSlowly(const void* address, uint64_t what) {
  if (snag::threadLocals.skippedAtomics != 0) {
    --snag::threadLocals.skippedAtomics;
    return;
  }
  snag::ThreadState& thread = *snag::threadLocals.state;
  const snag::Operation it(what);
  snag::detector().atomicLeave(thread, reinterpret_cast<uintptr_t>(address), it.size, it.operation, it.order);
  snag::leaveRuntime(thread);
}

#define SNAG_LEAVE(name, operation)                                                                    \
  static SNAG_PRESERVE_MOST __attribute__((noinline)) void name(const void* address, uint64_t what) {  \
    if (snag::leaveLocation<snag::AtomicOperation::operation>(address, snag::Operation(what))) return; \
    [[clang::musttail]] return leaveSlowly(address, what);                                             \
  }
SNAG_LEAVE(leaveLoad, Load)
SNAG_LEAVE(leaveStore, Store)
SNAG_LEAVE(leaveRmw, Rmw)

static SNAG_PRESERVE_MOST __attribute__((noinline)) void leaveAsking(const void* address, uint64_t what) {
  if (snag::leaveKnown(snag::Operation(what))) return;
  [[clang::musttail]] return leaveSlowly(address, what);
}

SNAG_PRESERVE_MOST void __snag_atomic_leave(const void* address, uint64_t what) {
  const snag::ThreadState* thread = snag::threadLocals.state;
  if (thread == nullptr || thread->isInKnownAtomic) [[clang::musttail]]
    return leaveAsking(address, what);
  switch (snag::Operation(what).operation) {
    case snag::AtomicOperation::Load: [[clang::musttail]] return leaveLoad(address, what);
    case snag::AtomicOperation::Store: [[clang::musttail]] return leaveStore(address, what);
    default: [[clang::musttail]] return leaveRmw(address, what);
  }
}

void __snag_fence(uint32_t order) {
  if (snag::RuntimeScope scope; scope) snag::detector().fence(scope.thread(), static_cast<snag::MemoryOrder>(order));
}
