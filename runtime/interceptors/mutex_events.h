// pthread_mutex_t as the detector sees it: only the outermost level of a recursive mutex counts.
#ifndef SNAG_INTERCEPTORS_MUTEX_EVENTS_H
#define SNAG_INTERCEPTORS_MUTEX_EVENTS_H

#include <errno.h>
#include <pthread.h>

#include "interceptors/sync_events.h"

namespace snag {

// glibc keeps a mutex's type in the low two bits of __kind; robust and priority protocols are higher bits.
inline int mutexType(const pthread_mutex_t* mutex) { return mutex->__data.__kind & 3; }

// The calling thread holds the mutex. True if it holds it once.
inline bool isOutermostLevel(const pthread_mutex_t* mutex) {
  return mutexType(mutex) != PTHREAD_MUTEX_RECURSIVE_NP || mutex->__data.__count == 1;
}

// An unlock by the calling thread will do something. glibc checks the owner for these two types only.
inline bool mayUnlock(const pthread_mutex_t* mutex, const ThreadState& thread) {
  const int type = mutexType(mutex);
  return (type != PTHREAD_MUTEX_RECURSIVE_NP && type != PTHREAD_MUTEX_ERRORCHECK_NP) ||
         mutex->__data.__owner == static_cast<int>(thread.record->osId);
}

// EOWNERDEAD: the owner died, and the mutex is ours.
inline bool isAcquired(int error) { return error == 0 || error == EOWNERDEAD; }

// After a lock function returned `error`; returns it.
inline int mutexLocked(pthread_mutex_t* mutex, int error, const Place& place) {
  if (isAcquired(error) && isOutermostLevel(mutex)) noteLocked(mutex, LockMode::Write, place);
  return error;
}

// Before an unlock.
inline void mutexUnlocking(pthread_mutex_t* mutex) {
  RuntimeScope scope;
  if (scope && isOutermostLevel(mutex) && mayUnlock(mutex, scope.thread()))
    detector().lockReleased(scope.thread(), addressOf(mutex), LockMode::Write);
}

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_MUTEX_EVENTS_H
