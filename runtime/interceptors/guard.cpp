// Guards of function-local statics (Itanium C++ ABI): whoever finds one set happens after the initialisation.
#include <stdint.h>

#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

SNAG_INTERCEPTOR int __cxa_guard_acquire(uint64_t* guard);
SNAG_INTERCEPTOR void __cxa_guard_release(uint64_t* guard) noexcept;
SNAG_INTERCEPTOR void __cxa_guard_abort(uint64_t* guard) noexcept;

namespace {

// Looked up by name: a C program has none, and these must not drag libstdc++ in.
SNAG_REAL(__cxa_guard_acquire);
SNAG_REAL(__cxa_guard_release);
SNAG_REAL(__cxa_guard_abort);

// For programs with a static C++ library, where ours replace the only ones there are. The ABI fixes the first byte: the
// object is initialised. The second is ours: somebody is at it.
namespace own {

uint8_t* bytes(uint64_t* guard) { return reinterpret_cast<uint8_t*>(guard); }

int acquire(uint64_t* guard) {
  for (;;) {
    if (__atomic_load_n(&bytes(guard)[0], __ATOMIC_ACQUIRE) != 0) return 0;
    if (__atomic_exchange_n(&bytes(guard)[1], 1, __ATOMIC_ACQUIRE) == 0) break;
    platform::yield();
  }
  if (__atomic_load_n(&bytes(guard)[0], __ATOMIC_ACQUIRE) == 0) return 1;
  __atomic_store_n(&bytes(guard)[1], 0, __ATOMIC_RELEASE);
  return 0;
}

void release(uint64_t* guard) {
  __atomic_store_n(&bytes(guard)[0], 1, __ATOMIC_RELEASE);
  __atomic_store_n(&bytes(guard)[1], 0, __ATOMIC_RELEASE);
}

void abort(uint64_t* guard) { __atomic_store_n(&bytes(guard)[1], 0, __ATOMIC_RELEASE); }

}  // namespace own

// Compiled code reads the first byte with an atomic load of its own before it calls: it learns from this store.
void publish(uint64_t* guard) {
  RuntimeScope scope;
  if (!scope) return;
  detector().release(scope.thread(), addressOf(guard));
  detector().atomicEnter(scope.thread(), SNAG_CALLER, addressOf(guard), 1);
  detector().atomicLeave(scope.thread(), addressOf(guard), 1, AtomicOperation::Store, MemoryOrder::Release);
}

}  // namespace

SNAG_INTERCEPTOR int __cxa_guard_acquire(uint64_t* guard) {
  const auto real = real___cxa_guard_acquire.find();
  const int mustInitialise = real != nullptr ? real(guard) : own::acquire(guard);
  noteAcquire(guard);
  return mustInitialise;
}

SNAG_INTERCEPTOR void __cxa_guard_release(uint64_t* guard) noexcept {
  publish(guard);
  if (const auto real = real___cxa_guard_release.find()) return real(guard);
  own::release(guard);
}

// The initialisation threw: what it did so far happens before the next attempt.
SNAG_INTERCEPTOR void __cxa_guard_abort(uint64_t* guard) noexcept {
  noteRelease(guard);
  if (const auto real = real___cxa_guard_abort.find()) return real(guard);
  own::abort(guard);
}
