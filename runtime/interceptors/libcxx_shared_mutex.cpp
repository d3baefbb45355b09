// libc++ builds its shared mutexes from a mutex and two condition variables inside libc++.so. Taken literally they
// would order readers among each other, and hide what a write under a read lock races with.
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
// std::shared_timed_mutex: the shared ones only. Its timed functions are compiled with the program and take the mutex
// inside, which is its first member, by themselves: so the exclusive side is told by that mutex.
SNAG_INTERCEPTOR void _ZNSt3__118shared_timed_mutex11lock_sharedEv(void* mutex);
SNAG_INTERCEPTOR bool _ZNSt3__118shared_timed_mutex15try_lock_sharedEv(void* mutex);
SNAG_INTERCEPTOR void _ZNSt3__118shared_timed_mutex13unlock_sharedEv(void* mutex);

namespace {

SNAG_REAL(_ZNSt3__119__shared_mutex_base4lockEv);
SNAG_REAL(_ZNSt3__119__shared_mutex_base8try_lockEv);
SNAG_REAL(_ZNSt3__119__shared_mutex_base6unlockEv);
SNAG_REAL(_ZNSt3__119__shared_mutex_base11lock_sharedEv);
SNAG_REAL(_ZNSt3__119__shared_mutex_base15try_lock_sharedEv);
SNAG_REAL(_ZNSt3__119__shared_mutex_base13unlock_sharedEv);
SNAG_REAL(_ZNSt3__118shared_timed_mutex11lock_sharedEv);
SNAG_REAL(_ZNSt3__118shared_timed_mutex15try_lock_sharedEv);
SNAG_REAL(_ZNSt3__118shared_timed_mutex13unlock_sharedEv);

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
  noteUnlocking(mutex, mode, place);
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

SNAG_INTERCEPTOR void _ZNSt3__118shared_timed_mutex11lock_sharedEv(void* mutex) {
  lock(mutex, LockMode::Read, SNAG_CALLER, real__ZNSt3__118shared_timed_mutex11lock_sharedEv);
}
SNAG_INTERCEPTOR bool _ZNSt3__118shared_timed_mutex15try_lock_sharedEv(void* mutex) {
  return tryLock(mutex, LockMode::Read, SNAG_CALLER, real__ZNSt3__118shared_timed_mutex15try_lock_sharedEv);
}
SNAG_INTERCEPTOR void _ZNSt3__118shared_timed_mutex13unlock_sharedEv(void* mutex) {
  unlock(mutex, LockMode::Read, SNAG_CALLER, real__ZNSt3__118shared_timed_mutex13unlock_sharedEv);
}
