#include <pthread.h>

#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

namespace {

SNAG_REAL(pthread_spin_init);
SNAG_REAL(pthread_spin_destroy);
SNAG_REAL(pthread_spin_lock);
SNAG_REAL(pthread_spin_trylock);
SNAG_REAL(pthread_spin_unlock);

// libc leaves no trace of a destroyed spin lock, so we do: a value that no lock has. It is positive: to libc the lock
// is free, and taking it counts down to what locked means.
int destroyedValue(const pthread_spinlock_t* lock) {
  return static_cast<int>((0x4b29'd173u ^ static_cast<unsigned>(addressOf(lock))) | 0x4000'0000u) & 0x7fff'ffff;
}
constexpr int kFree = 1;

// Reports the use, and makes the lock what it was before its destruction.
bool wasDestroyed(pthread_spinlock_t* lock, const Place& place) {
  int value = destroyedValue(lock);
  if (__builtin_expect(__atomic_load_n(lock, __ATOMIC_RELAXED) != value, 1)) return false;
  __atomic_compare_exchange_n(lock, &value, kFree, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
  if (RuntimeScope scope; scope)
    detector().reportLockMisuse(scope.thread(), place, MisuseKind::UseAfterDestroy, addressOf(lock));
  return true;
}

// Before a lock function that waits.
void wanted(pthread_spinlock_t* lock, const Place& place) {
  if (wasDestroyed(lock, place)) return;
  RuntimeScope scope;
  if (!scope || scope.thread().locks.count() == 0) return;
  if (scope.thread().locks.find(addressOf(lock)) == nullptr)
    detector().lockWanted(scope.thread(), place, addressOf(lock), LockMode::Write);
  else if (*lock != kFree)
    detector().reportLockMisuse(scope.thread(), place, MisuseKind::SelfDeadlock, addressOf(lock));
}

void destroying(pthread_spinlock_t* lock, const Place& place) {
  if (wasDestroyed(lock, place) || *lock == kFree) return;
  RuntimeScope scope;
  if (!scope) return;
  const Detector::LockHolder holder = detector().lockHolder(scope.thread(), addressOf(lock));
  if (holder.holds && holder.thread != nullptr && !holder.thread->vanished)
    detector().reportLockMisuse(scope.thread(), place, MisuseKind::DestroyOfLocked, addressOf(lock));
}

int locked(pthread_spinlock_t* lock, int error, const Place& place) {
  if (error == 0) noteLocked(lock, LockMode::Write, place);
  return error;
}

}  // namespace

SNAG_INTERCEPTOR int pthread_spin_init(pthread_spinlock_t* lock, int shared) {
  noteInitialised(lock);
  return real_pthread_spin_init(lock, shared);
}

SNAG_INTERCEPTOR int pthread_spin_destroy(pthread_spinlock_t* lock) {
  const Place place = SNAG_CALLER;
  destroying(lock, place);
  noteDestroyed(lock, place);
  const int error = real_pthread_spin_destroy(lock);
  if (error == 0 && runtimeIsActive()) __atomic_store_n(lock, destroyedValue(lock), __ATOMIC_RELAXED);
  return error;
}

SNAG_INTERCEPTOR int pthread_spin_lock(pthread_spinlock_t* lock) {
  const Place place = SNAG_CALLER;
  wanted(lock, place);
  return locked(lock, real_pthread_spin_lock(lock), place);
}

SNAG_INTERCEPTOR int pthread_spin_trylock(pthread_spinlock_t* lock) {
  const Place place = SNAG_CALLER;
  wasDestroyed(lock, place);
  return locked(lock, real_pthread_spin_trylock(lock), place);
}

SNAG_INTERCEPTOR int pthread_spin_unlock(pthread_spinlock_t* lock) {
  noteUnlocking(lock, LockMode::Write, SNAG_CALLER);
  return real_pthread_spin_unlock(lock);
}
