// Pieces that models of libraries are made of. A library that is not compiled by Snag hides its locks and reads and
// writes the caller's memory unseen; its model tells the detector at the library's entry points. A model of a library
// that the program does not use is never called.
#ifndef SNAG_INTERCEPTORS_LIBRARIES_LIBRARY_MODEL_H
#define SNAG_INTERCEPTORS_LIBRARIES_LIBRARY_MODEL_H

#include "core/arena.h"
#include "core/spin_lock.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

namespace snag::library {

// --- memory of the caller -------------------------------------------------------------------------------

inline constexpr SnagSite kReadSite{0, 0, 0, 0, 0, 0, SNAG_SITE_READ, 0};
inline constexpr SnagSite kWriteSite{0, 0, 0, 0, 0, 0, SNAG_SITE_WRITE, 0};

// The library reads, or has written, that many bytes of the caller's.
inline void noteRead(const void* start, size_t bytes, const Place& place) {
  if (RuntimeScope scope; scope && bytes != 0)
    detector().access(scope.thread(), {&kReadSite, place.context, place.pc, place.frame}, addressOf(start), bytes,
                      SNAG_SITE_READ);
}
inline void noteWrite(const void* start, size_t bytes, const Place& place) {
  if (RuntimeScope scope; scope && bytes != 0)
    detector().access(scope.thread(), {&kWriteSite, place.context, place.pc, place.frame}, addressOf(start), bytes,
                      SNAG_SITE_WRITE);
}

// --- atomic operations that the library makes on the caller's variables ----------------------------------

// To be called after an operation that acquires, before one that releases.
inline void noteAtomic(const volatile void* variable, size_t bytes, AtomicOperation operation, MemoryOrder order,
                       const Place& place) {
  RuntimeScope scope;
  if (!scope) return;
  detector().atomicEnter(scope.thread(), place, addressOf(variable), bytes);
  detector().atomicLeave(scope.thread(), addressOf(variable), bytes, operation, order);
}

// --- reference counts -----------------------------------------------------------------------------------

// Drops one of `count` references to `object`. Whoever drops the last one, and thereby runs the object's end, has seen
// what those did who dropped theirs earlier: as long as there are others, drops of one object are told one by one.
// `count` null: unknown, so there may always be others.
template <typename Drop>
void dropReference(const void* object, const volatile int* count, Drop&& drop) {
  constexpr size_t kLocks = 256;
  constexpr unsigned kPatience = 10'000;  // an end that is run under the lock after all may take long, or drop others
  static constinit SpinLock locks[kLocks];
  static constinit thread_local bool isInside = false;
  noteRelease(object);
  SpinLock& lock = locks[(addressOf(object) >> 4) % kLocks];
  bool isHeld = false;
  const auto mayHaveOthers = [=] { return count == nullptr || __atomic_load_n(count, __ATOMIC_ACQUIRE) > 1; };
  for (unsigned i = 0; !isInside && !isHeld && i < kPatience && mayHaveOthers(); ++i)
    if (!(isHeld = lock.tryLock())) platform::yield();
  noteAcquire(object);
  if (!isHeld) return drop();
  isInside = true;
  drop();
  isInside = false;
  lock.unlock();
}

}  // namespace snag::library

#endif  // SNAG_INTERCEPTORS_LIBRARIES_LIBRARY_MODEL_H
