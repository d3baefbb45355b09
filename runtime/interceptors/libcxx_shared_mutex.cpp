// libc++ builds its shared mutexes from a mutex and two condition variables inside libc++.so. Taken literally they
// would order readers among each other, and hide what a write under a read lock races with.
#include <pthread.h>

#include "interceptors/hidden_calls.h"
#include "interceptors/real_function.h"
#include "interceptors/rwlock_events.h"
#include "interceptors/sync_events.h"

using namespace snag;

// std::__shared_mutex_base: lock, try_lock, unlock, lock_shared, try_lock_shared, unlock_shared
SNAG_INTERCEPTOR void _ZNSt3__119__shared_mutex_base4lockEv(void* mutex);
SNAG_INTERCEPTOR bool _ZNSt3__119__shared_mutex_base8try_lockEv(void* mutex);
SNAG_INTERCEPTOR void _ZNSt3__119__shared_mutex_base6unlockEv(void* mutex);
SNAG_INTERCEPTOR void _ZNSt3__119__shared_mutex_base11lock_sharedEv(void* mutex);
SNAG_INTERCEPTOR bool _ZNSt3__119__shared_mutex_base15try_lock_sharedEv(void* mutex);
SNAG_INTERCEPTOR void _ZNSt3__119__shared_mutex_base13unlock_sharedEv(void* mutex);
// std::shared_timed_mutex: the shared ones only, and unlock to check it. Its timed functions are compiled with the
// program and take the mutex inside, which is its first member, by themselves: so the exclusive side is told by that
// mutex.
SNAG_INTERCEPTOR void _ZNSt3__118shared_timed_mutex6unlockEv(void* mutex);
SNAG_INTERCEPTOR void _ZNSt3__118shared_timed_mutex11lock_sharedEv(void* mutex);
SNAG_INTERCEPTOR bool _ZNSt3__118shared_timed_mutex15try_lock_sharedEv(void* mutex);
SNAG_INTERCEPTOR void _ZNSt3__118shared_timed_mutex13unlock_sharedEv(void* mutex);

namespace {

SNAG_REAL(pthread_mutex_lock);
SNAG_REAL(pthread_mutex_unlock);
SNAG_REAL(_ZNSt3__119__shared_mutex_base4lockEv);
SNAG_REAL(_ZNSt3__119__shared_mutex_base8try_lockEv);
SNAG_REAL(_ZNSt3__119__shared_mutex_base6unlockEv);
SNAG_REAL(_ZNSt3__119__shared_mutex_base11lock_sharedEv);
SNAG_REAL(_ZNSt3__119__shared_mutex_base15try_lock_sharedEv);
SNAG_REAL(_ZNSt3__119__shared_mutex_base13unlock_sharedEv);
SNAG_REAL(_ZNSt3__118shared_timed_mutex6unlockEv);
SNAG_REAL(_ZNSt3__118shared_timed_mutex11lock_sharedEv);
SNAG_REAL(_ZNSt3__118shared_timed_mutex15try_lock_sharedEv);
SNAG_REAL(_ZNSt3__118shared_timed_mutex13unlock_sharedEv);

// Behind the mutex and the conditions stands a number, laid down by libc++'s ABI: a bit for the writer that holds the
// mutex, or waits until its readers are gone, and how many of these there are.
constexpr size_t kStateOffset = sizeof(pthread_mutex_t) + 2 * sizeof(pthread_cond_t);
constexpr unsigned kWriterBit = 1u << 31;

unsigned stateOf(const void* mutex) {
  return __atomic_load_n(reinterpret_cast<const unsigned*>(static_cast<const char*>(mutex) + kStateOffset),
                         __ATOMIC_RELAXED);
}

// libc++ does not look: an unlock makes the mutex free, or takes one from its readers, even from none.
bool reportIfUnlocked(const void* mutex, const Place& place) {
  RuntimeScope scope;
  if (!scope || stateOf(mutex) != 0) return false;
  detector().reportLockMisuse(scope.thread(), place, MisuseKind::UnlockOfUnlocked, addressOf(mutex));
  return true;
}

// Which readers there are is not known, who writes is.
void reportIfAnotherWrites(const void* mutex, const Place& place) {
  RuntimeScope scope;
  if (!scope || stateOf(mutex) != kWriterBit || scope.thread().locks.find(addressOf(mutex)) != nullptr) return;
  const Detector::LockHolder holder = detector().lockHolder(scope.thread(), addressOf(mutex));
  if (holder.holds && holder.thread != nullptr && !holder.thread->vanished && holder.thread != scope.thread().record)
    detector().reportLockMisuse(scope.thread(), place, MisuseKind::UnlockByOther, addressOf(mutex));
}

template <typename Real>
void lock(void* mutex, LockMode mode, const Place& place, Real& real) {
  rwlockWanted(mutex, mode, place);
  {
    HiddenCalls hidden;
    real(mutex);
  }
  noteLocked(mutex, mode, place);
}

template <typename Real>
bool tryLock(void* mutex, LockMode mode, const Place& place, Real& real) {
  bool isLocked;
  {
    HiddenCalls hidden;
    isLocked = real(mutex);
  }
  if (isLocked) noteLocked(mutex, mode, place);
  return isLocked;
}

template <typename Real>
void unlock(void* mutex, LockMode mode, const Place& place, Real& real) {
  if (!reportIfUnlocked(mutex, place)) reportIfAnotherWrites(mutex, place);
  noteUnlocking(mutex, mode, place);
  HiddenCalls hidden;
  real(mutex);
}

// Of the timed one. A writer that waits for its readers takes and gives back the mutex inside, and whoever gives back a
// mutex has learned what its readers left there: none may leave it in between.
template <typename Real>
void unlockTimedShared(void* mutex, const Place& place, Real& real) {
  reportIfUnlocked(mutex, place);
  real_pthread_mutex_lock(static_cast<pthread_mutex_t*>(mutex));
  noteUnlocking(mutex, LockMode::Read, place);
  real_pthread_mutex_unlock(static_cast<pthread_mutex_t*>(mutex));
  HiddenCalls hidden;
  real(mutex);
}

}  // namespace

SNAG_INTERCEPTOR void _ZNSt3__119__shared_mutex_base4lockEv(void* mutex) {
  lock(mutex, LockMode::Write, SNAG_CALLER, real__ZNSt3__119__shared_mutex_base4lockEv);
}
SNAG_INTERCEPTOR bool _ZNSt3__119__shared_mutex_base8try_lockEv(void* mutex) {
  return tryLock(mutex, LockMode::Write, SNAG_CALLER, real__ZNSt3__119__shared_mutex_base8try_lockEv);
}
SNAG_INTERCEPTOR void _ZNSt3__119__shared_mutex_base6unlockEv(void* mutex) {
  unlock(mutex, LockMode::Write, SNAG_CALLER, real__ZNSt3__119__shared_mutex_base6unlockEv);
}
SNAG_INTERCEPTOR void _ZNSt3__119__shared_mutex_base11lock_sharedEv(void* mutex) {
  lock(mutex, LockMode::Read, SNAG_CALLER, real__ZNSt3__119__shared_mutex_base11lock_sharedEv);
}
SNAG_INTERCEPTOR bool _ZNSt3__119__shared_mutex_base15try_lock_sharedEv(void* mutex) {
  return tryLock(mutex, LockMode::Read, SNAG_CALLER, real__ZNSt3__119__shared_mutex_base15try_lock_sharedEv);
}
SNAG_INTERCEPTOR void _ZNSt3__119__shared_mutex_base13unlock_sharedEv(void* mutex) {
  unlock(mutex, LockMode::Read, SNAG_CALLER, real__ZNSt3__119__shared_mutex_base13unlock_sharedEv);
}

SNAG_INTERCEPTOR void _ZNSt3__118shared_timed_mutex6unlockEv(void* mutex) {
  reportIfUnlocked(mutex, SNAG_CALLER);
  real__ZNSt3__118shared_timed_mutex6unlockEv(mutex);
}
SNAG_INTERCEPTOR void _ZNSt3__118shared_timed_mutex11lock_sharedEv(void* mutex) {
  lock(mutex, LockMode::Read, SNAG_CALLER, real__ZNSt3__118shared_timed_mutex11lock_sharedEv);
}
SNAG_INTERCEPTOR bool _ZNSt3__118shared_timed_mutex15try_lock_sharedEv(void* mutex) {
  return tryLock(mutex, LockMode::Read, SNAG_CALLER, real__ZNSt3__118shared_timed_mutex15try_lock_sharedEv);
}
SNAG_INTERCEPTOR void _ZNSt3__118shared_timed_mutex13unlock_sharedEv(void* mutex) {
  unlockTimedShared(mutex, SNAG_CALLER, real__ZNSt3__118shared_timed_mutex13unlock_sharedEv);
}
