#include <pthread.h>

#include "interceptors/destroyed_mark.h"
#include "interceptors/real_function.h"
#include "interceptors/rwlock_events.h"
#include "interceptors/sync_events.h"

using namespace snag;

namespace {

SNAG_REAL(pthread_rwlock_init);
SNAG_REAL(pthread_rwlock_destroy);
SNAG_REAL(pthread_rwlock_rdlock);
SNAG_REAL(pthread_rwlock_tryrdlock);
SNAG_REAL(pthread_rwlock_timedrdlock);
SNAG_REAL(pthread_rwlock_clockrdlock);
SNAG_REAL(pthread_rwlock_wrlock);
SNAG_REAL(pthread_rwlock_trywrlock);
SNAG_REAL(pthread_rwlock_timedwrlock);
SNAG_REAL(pthread_rwlock_clockwrlock);
SNAG_REAL(pthread_rwlock_unlock);

void wanted(pthread_rwlock_t* lock, LockMode mode, bool waits, const Place& place) {
  if (!reportIfDestroyed(lock, place) && waits) rwlockWanted(lock, mode, place);
}

int locked(pthread_rwlock_t* lock, int error, LockMode mode, const Place& place) {
  if (error == 0) noteLocked(lock, mode, place);
  return error;
}

// unlock does not say which mode it ends; glibc keeps the writer's thread id.
LockMode heldMode(const pthread_rwlock_t* lock, const ThreadState& thread) {
  return lock->__data.__cur_writer == static_cast<int>(thread.record->osId) ? LockMode::Write : LockMode::Read;
}

// The low bits of glibc's __readers say in which phase the lock is; above them readers are counted.
constexpr unsigned kReaderShift = 3;
bool isLocked(const pthread_rwlock_t* lock) {
  return lock->__data.__cur_writer != 0 || lock->__data.__readers >> kReaderShift != 0;
}

// glibc does not look, and counts readers below zero. Which readers there are is not known, who writes is.
void checkUnlock(const pthread_rwlock_t* lock, ThreadState& thread, const Place& place) {
  if (!isLocked(lock)) return detector().reportLockMisuse(thread, place, MisuseKind::UnlockOfUnlocked, addressOf(lock));
  const int writer = lock->__data.__cur_writer;
  if (writer == 0 || thread.locks.find(addressOf(lock)) != nullptr) return;
  const Detector::LockHolder holder = detector().lockHolder(thread, addressOf(lock));
  const bool isKnown = holder.holds && holder.thread != nullptr && !holder.thread->vanished;
  if (isKnown && holder.thread != thread.record && static_cast<int>(holder.thread->osId) == writer)
    detector().reportLockMisuse(thread, place, MisuseKind::UnlockByOther, addressOf(lock));
}

void destroying(pthread_rwlock_t* lock, const Place& place) {
  if (reportIfDestroyed(lock, place) || !isLocked(lock)) return;
  RuntimeScope scope;
  if (!scope) return;
  const Detector::LockHolder holder = detector().lockHolder(scope.thread(), addressOf(lock));
  if (holder.holds && holder.thread != nullptr && !holder.thread->vanished)
    detector().reportLockMisuse(scope.thread(), place, MisuseKind::DestroyOfLocked, addressOf(lock));
}

}  // namespace

SNAG_INTERCEPTOR int pthread_rwlock_init(pthread_rwlock_t* lock, const pthread_rwlockattr_t* attributes) {
  noteInitialised(lock);
  return real_pthread_rwlock_init(lock, attributes);
}

SNAG_INTERCEPTOR int pthread_rwlock_destroy(pthread_rwlock_t* lock) {
  const Place place = SNAG_CALLER;
  destroying(lock, place);
  noteDestroyed(lock, place);
  const int error = real_pthread_rwlock_destroy(lock);
  if (error == 0 && runtimeIsActive()) setDestroyedMark(lock);
  return error;
}

SNAG_INTERCEPTOR int pthread_rwlock_rdlock(pthread_rwlock_t* lock) {
  const Place place = SNAG_CALLER;
  wanted(lock, LockMode::Read, true, place);
  return locked(lock, real_pthread_rwlock_rdlock(lock), LockMode::Read, place);
}

SNAG_INTERCEPTOR int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock) {
  const Place place = SNAG_CALLER;
  wanted(lock, LockMode::Read, false, place);
  return locked(lock, real_pthread_rwlock_tryrdlock(lock), LockMode::Read, place);
}

SNAG_INTERCEPTOR int pthread_rwlock_timedrdlock(pthread_rwlock_t* lock, const timespec* deadline) {
  const Place place = SNAG_CALLER;
  wanted(lock, LockMode::Read, false, place);
  return locked(lock, real_pthread_rwlock_timedrdlock(lock, deadline), LockMode::Read, place);
}

SNAG_INTERCEPTOR int pthread_rwlock_clockrdlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* deadline) {
  const Place place = SNAG_CALLER;
  wanted(lock, LockMode::Read, false, place);
  return locked(lock, real_pthread_rwlock_clockrdlock(lock, clock, deadline), LockMode::Read, place);
}

SNAG_INTERCEPTOR int pthread_rwlock_wrlock(pthread_rwlock_t* lock) {
  const Place place = SNAG_CALLER;
  wanted(lock, LockMode::Write, true, place);
  return locked(lock, real_pthread_rwlock_wrlock(lock), LockMode::Write, place);
}

SNAG_INTERCEPTOR int pthread_rwlock_trywrlock(pthread_rwlock_t* lock) {
  const Place place = SNAG_CALLER;
  wanted(lock, LockMode::Write, false, place);
  return locked(lock, real_pthread_rwlock_trywrlock(lock), LockMode::Write, place);
}

SNAG_INTERCEPTOR int pthread_rwlock_timedwrlock(pthread_rwlock_t* lock, const timespec* deadline) {
  const Place place = SNAG_CALLER;
  wanted(lock, LockMode::Write, false, place);
  return locked(lock, real_pthread_rwlock_timedwrlock(lock, deadline), LockMode::Write, place);
}

SNAG_INTERCEPTOR int pthread_rwlock_clockwrlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* deadline) {
  const Place place = SNAG_CALLER;
  wanted(lock, LockMode::Write, false, place);
  return locked(lock, real_pthread_rwlock_clockwrlock(lock, clock, deadline), LockMode::Write, place);
}

SNAG_INTERCEPTOR int pthread_rwlock_unlock(pthread_rwlock_t* lock) {
  const Place place = SNAG_CALLER;
  const bool isDestroyed = reportIfDestroyed(lock, place);
  if (RuntimeScope scope; scope) {
    if (!isDestroyed) checkUnlock(lock, scope.thread(), place);
    detector().lockReleased(scope.thread(), addressOf(lock), heldMode(lock, scope.thread()), place);
  }
  return real_pthread_rwlock_unlock(lock);
}
