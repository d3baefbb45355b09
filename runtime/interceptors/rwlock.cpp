#include <pthread.h>

#include "interceptors/real_function.h"
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

int locked(pthread_rwlock_t* lock, int error, LockMode mode, const Place& place) {
  if (error == 0) noteLocked(lock, mode, place);
  return error;
}

// unlock does not say which mode it ends; glibc keeps the writer's thread id.
LockMode heldMode(const pthread_rwlock_t* lock, const ThreadState& thread) {
  return lock->__data.__cur_writer == static_cast<int>(thread.record->osId) ? LockMode::Write : LockMode::Read;
}

}  // namespace

SNAG_INTERCEPTOR int pthread_rwlock_init(pthread_rwlock_t* lock, const pthread_rwlockattr_t* attributes) {
  noteDestroyed(lock);
  return real_pthread_rwlock_init(lock, attributes);
}

SNAG_INTERCEPTOR int pthread_rwlock_destroy(pthread_rwlock_t* lock) {
  noteDestroyed(lock);
  return real_pthread_rwlock_destroy(lock);
}

SNAG_INTERCEPTOR int pthread_rwlock_rdlock(pthread_rwlock_t* lock) {
  return locked(lock, real_pthread_rwlock_rdlock(lock), LockMode::Read, SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock) {
  return locked(lock, real_pthread_rwlock_tryrdlock(lock), LockMode::Read, SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_rwlock_timedrdlock(pthread_rwlock_t* lock, const timespec* deadline) {
  return locked(lock, real_pthread_rwlock_timedrdlock(lock, deadline), LockMode::Read, SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_rwlock_clockrdlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* deadline) {
  return locked(lock, real_pthread_rwlock_clockrdlock(lock, clock, deadline), LockMode::Read, SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_rwlock_wrlock(pthread_rwlock_t* lock) {
  return locked(lock, real_pthread_rwlock_wrlock(lock), LockMode::Write, SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_rwlock_trywrlock(pthread_rwlock_t* lock) {
  return locked(lock, real_pthread_rwlock_trywrlock(lock), LockMode::Write, SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_rwlock_timedwrlock(pthread_rwlock_t* lock, const timespec* deadline) {
  return locked(lock, real_pthread_rwlock_timedwrlock(lock, deadline), LockMode::Write, SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_rwlock_clockwrlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* deadline) {
  return locked(lock, real_pthread_rwlock_clockwrlock(lock, clock, deadline), LockMode::Write, SNAG_CALLER);
}

SNAG_INTERCEPTOR int pthread_rwlock_unlock(pthread_rwlock_t* lock) {
  if (RuntimeScope scope; scope)
    detector().lockReleased(scope.thread(), addressOf(lock), heldMode(lock, scope.thread()));
  return real_pthread_rwlock_unlock(lock);
}
