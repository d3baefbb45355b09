// pthread_mutex_t as the detector sees it: only the outermost level of a recursive mutex counts. And its misuse, as far
// as POSIX leaves undefined what happens: where an error is promised, using it is no mistake.
#ifndef SNAG_INTERCEPTORS_MUTEX_EVENTS_H
#define SNAG_INTERCEPTORS_MUTEX_EVENTS_H

#include <errno.h>
#include <pthread.h>

#include "interceptors/lock_spin.h"
#include "interceptors/sync_events.h"

namespace snag {

// glibc keeps a mutex's type in the low two bits of __kind; robustness, priority protocols and sharing are higher bits.
inline constexpr int kRobustBit = 16, kElidedBit = 256, kDestroyedKind = -1;
inline int mutexType(const pthread_mutex_t* mutex) { return mutex->__data.__kind & 3; }
inline bool isDestroyed(const pthread_mutex_t* mutex) { return mutex->__data.__kind == kDestroyedKind; }
inline bool isRobust(const pthread_mutex_t* mutex) { return (mutex->__data.__kind & kRobustBit) != 0; }

// Normal and adaptive mutexes: relocking hangs, and unlocking what is not one's own is undefined.
inline bool isUnchecked(const pthread_mutex_t* mutex) {
  const int type = mutexType(mutex);
  return type != PTHREAD_MUTEX_RECURSIVE_NP && type != PTHREAD_MUTEX_ERRORCHECK_NP;
}

// The system's id of the thread that holds it, 0 for none. Unknown while the processor elides the lock.
inline int ownerOf(const pthread_mutex_t* mutex) { return mutex->__data.__owner; }
inline bool isOwner(const pthread_mutex_t* mutex, const ThreadState& thread) {
  return ownerOf(mutex) == static_cast<int>(thread.record->osId);
}

// The calling thread holds the mutex. True if it holds it once.
inline bool isOutermostLevel(const pthread_mutex_t* mutex) {
  return mutexType(mutex) != PTHREAD_MUTEX_RECURSIVE_NP || mutex->__data.__count == 1;
}

// An unlock by the calling thread will do something. glibc checks the owner of these types only.
inline bool mayUnlock(const pthread_mutex_t* mutex, const ThreadState& thread) {
  return (isUnchecked(mutex) && !isRobust(mutex)) || isOwner(mutex, thread);
}

// EOWNERDEAD: the owner died, and the mutex is ours.
inline bool isAcquired(int error) { return error == 0 || error == EOWNERDEAD; }

// What there is to check before a lock function. `waits`: it does not give up, so it may wait for ever.
void checkWanted(const pthread_mutex_t* mutex, bool waits, const Place& place);

// Before a lock function. Mostly there is nothing to check: nobody deadlocks who holds no other lock. glibc's __lock is
// 0 while a mutex is free, of whatever kind it is.
inline void mutexWanted(const pthread_mutex_t* mutex, bool waits, const Place& place) {
  const ThreadState* thread = threadLocals.state;
  if (__builtin_expect(thread != nullptr, 1)) detector().expectLock(addressOf(mutex));
  const bool mayDeadlock = waits && (thread == nullptr || thread->locks.count() != 0);
  if (__builtin_expect(mayDeadlock || isDestroyed(mutex), 0)) checkWanted(mutex, waits, place);
  if (const int& lock = mutex->__data.__lock; waits && isLocked(lock)) spinWhileLocked(lock);
}

// After a lock function returned `error`; returns it.
inline int mutexLocked(pthread_mutex_t* mutex, int error, const Place& place) {
  if (isAcquired(error) && isOutermostLevel(mutex)) noteLocked(mutex, LockMode::Write, place);
  return error;
}

// Before an unlock. True if it gives the mutex back.
bool mutexUnlocking(pthread_mutex_t* mutex, const Place& place);

// Before a destroy.
void mutexDestroying(const pthread_mutex_t* mutex, const Place& place);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_MUTEX_EVENTS_H
