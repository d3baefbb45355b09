// Qt 5 and Qt 6. The fast path of QMutex is an atomic operation in a header, and seen in instrumented code; what the
// library does when a mutex is contended is told as the same atomic operation. The other locks are the library's alone.
// The functions are C++ members: named as the compiler mangles them, `this` is the first parameter.
#include "interceptors/libraries/library_model.h"

using namespace snag;
using namespace snag::library;

// QDeadlineTimer, passed by value in two registers.
struct QtDeadline {
  long when;
  long kind;
};

extern "C" {
void _ZN6QMutex4lockEv(void* mutex);
bool _ZN6QMutex7tryLockEi(void* mutex, int timeout);
void _ZN6QMutex6unlockEv(void* mutex);
void _ZN11QBasicMutex12lockInternalEv(void* mutex);
bool _ZN11QBasicMutex12lockInternalEi(void* mutex, int timeout);
void _ZN11QBasicMutex14unlockInternalEv(void* mutex);
bool _ZN15QRecursiveMutex7tryLockEi(void* mutex, int timeout);
void _ZN15QRecursiveMutex6unlockEv(void* mutex);
void _ZN14QReadWriteLock11lockForReadEv(void* lock);
void _ZN14QReadWriteLock12lockForWriteEv(void* lock);
bool _ZN14QReadWriteLock14tryLockForReadEv(void* lock);
bool _ZN14QReadWriteLock14tryLockForReadEi(void* lock, int timeout);
bool _ZN14QReadWriteLock15tryLockForWriteEv(void* lock);
bool _ZN14QReadWriteLock15tryLockForWriteEi(void* lock, int timeout);
void _ZN14QReadWriteLock6unlockEv(void* lock);
void _ZN10QSemaphore7acquireEi(void* semaphore, int count);
bool _ZN10QSemaphore10tryAcquireEi(void* semaphore, int count);
bool _ZN10QSemaphore10tryAcquireEii(void* semaphore, int count, int timeout);
void _ZN10QSemaphore7releaseEi(void* semaphore, int count);
bool _ZN14QWaitCondition4waitEP6QMutexm(void* condition, void* mutex, unsigned long timeout);
bool _ZN14QWaitCondition4waitEP6QMutex14QDeadlineTimer(void* condition, void* mutex, QtDeadline end);
bool _ZN14QWaitCondition4waitEP14QReadWriteLockm(void* condition, void* lock, unsigned long timeout);
bool _ZN14QWaitCondition4waitEP14QReadWriteLock14QDeadlineTimer(void* condition, void* lock, QtDeadline end);
}

namespace {

SNAG_REAL(_ZN6QMutex4lockEv);
SNAG_REAL(_ZN6QMutex7tryLockEi);
SNAG_REAL(_ZN6QMutex6unlockEv);
SNAG_REAL(_ZN11QBasicMutex12lockInternalEv);
SNAG_REAL(_ZN11QBasicMutex12lockInternalEi);
SNAG_REAL(_ZN11QBasicMutex14unlockInternalEv);
SNAG_REAL(_ZN15QRecursiveMutex7tryLockEi);
SNAG_REAL(_ZN15QRecursiveMutex6unlockEv);
SNAG_REAL(_ZN14QReadWriteLock11lockForReadEv);
SNAG_REAL(_ZN14QReadWriteLock12lockForWriteEv);
SNAG_REAL(_ZN14QReadWriteLock14tryLockForReadEv);
SNAG_REAL(_ZN14QReadWriteLock14tryLockForReadEi);
SNAG_REAL(_ZN14QReadWriteLock15tryLockForWriteEv);
SNAG_REAL(_ZN14QReadWriteLock15tryLockForWriteEi);
SNAG_REAL(_ZN14QReadWriteLock6unlockEv);
SNAG_REAL(_ZN10QSemaphore7acquireEi);
SNAG_REAL(_ZN10QSemaphore10tryAcquireEi);
SNAG_REAL(_ZN10QSemaphore10tryAcquireEii);
SNAG_REAL(_ZN10QSemaphore7releaseEi);
SNAG_REAL(_ZN14QWaitCondition4waitEP6QMutexm);
SNAG_REAL(_ZN14QWaitCondition4waitEP6QMutex14QDeadlineTimer);
SNAG_REAL(_ZN14QWaitCondition4waitEP14QReadWriteLockm);
SNAG_REAL(_ZN14QWaitCondition4waitEP14QReadWriteLock14QDeadlineTimer);

// --- mutexes --------------------------------------------------------------------------------------------

void noteMutexTaken(const void* mutex, const Place& place) {
  noteAtomic(mutex, sizeof(void*), AtomicOperation::Rmw, MemoryOrder::Acquire, place);
}
void noteMutexGivenBack(const void* mutex, const Place& place) {
  noteAtomic(mutex, sizeof(void*), AtomicOperation::Rmw, MemoryOrder::Release, place);
}
bool ifMutexTaken(bool isTaken, const void* mutex, const Place& place) {
  if (isTaken) noteMutexTaken(mutex, place);
  return isTaken;
}

// --- read-write locks -----------------------------------------------------------------------------------

bool ifLocked(bool isTaken, const void* lock, LockMode mode, const Place& place) {
  if (isTaken) noteLocked(lock, mode, place);
  return isTaken;
}

// unlock() does not say which kind of lock it ends: the thread's last one on it.
LockMode noteUnlockingEither(const void* lock) {
  RuntimeScope scope;
  if (!scope) return LockMode::Write;
  size_t count = 0;
  LockMode mode = LockMode::Write;
  const HeldLock* held = detector().lockSet(detector().heldLocks(scope.thread()), &count);
  for (size_t i = 0; i < count; ++i)
    if (held[i].lock == addressOf(lock)) mode = held[i].mode;
  detector().lockReleased(scope.thread(), addressOf(lock), mode);
  return mode;
}

}  // namespace

SNAG_INTERCEPTOR void _ZN6QMutex4lockEv(void* mutex) {
  real__ZN6QMutex4lockEv(mutex);
  noteMutexTaken(mutex, SNAG_CALLER);
}
SNAG_INTERCEPTOR bool _ZN6QMutex7tryLockEi(void* mutex, int timeout) {
  return ifMutexTaken(real__ZN6QMutex7tryLockEi(mutex, timeout), mutex, SNAG_CALLER);
}
SNAG_INTERCEPTOR void _ZN6QMutex6unlockEv(void* mutex) {
  noteMutexGivenBack(mutex, SNAG_CALLER);
  real__ZN6QMutex6unlockEv(mutex);
}
SNAG_INTERCEPTOR void _ZN11QBasicMutex12lockInternalEv(void* mutex) {
  real__ZN11QBasicMutex12lockInternalEv(mutex);
  noteMutexTaken(mutex, SNAG_CALLER);
}
SNAG_INTERCEPTOR bool _ZN11QBasicMutex12lockInternalEi(void* mutex, int timeout) {
  return ifMutexTaken(real__ZN11QBasicMutex12lockInternalEi(mutex, timeout), mutex, SNAG_CALLER);
}
SNAG_INTERCEPTOR void _ZN11QBasicMutex14unlockInternalEv(void* mutex) {
  noteMutexGivenBack(mutex, SNAG_CALLER);
  real__ZN11QBasicMutex14unlockInternalEv(mutex);
}
SNAG_INTERCEPTOR bool _ZN15QRecursiveMutex7tryLockEi(void* mutex, int timeout) {
  return ifMutexTaken(real__ZN15QRecursiveMutex7tryLockEi(mutex, timeout), mutex, SNAG_CALLER);
}
SNAG_INTERCEPTOR void _ZN15QRecursiveMutex6unlockEv(void* mutex) {
  noteMutexGivenBack(mutex, SNAG_CALLER);
  real__ZN15QRecursiveMutex6unlockEv(mutex);
}

SNAG_INTERCEPTOR void _ZN14QReadWriteLock11lockForReadEv(void* lock) {
  real__ZN14QReadWriteLock11lockForReadEv(lock);
  noteLocked(lock, LockMode::Read, SNAG_CALLER);
}
SNAG_INTERCEPTOR void _ZN14QReadWriteLock12lockForWriteEv(void* lock) {
  real__ZN14QReadWriteLock12lockForWriteEv(lock);
  noteLocked(lock, LockMode::Write, SNAG_CALLER);
}
SNAG_INTERCEPTOR bool _ZN14QReadWriteLock14tryLockForReadEv(void* lock) {
  return ifLocked(real__ZN14QReadWriteLock14tryLockForReadEv(lock), lock, LockMode::Read, SNAG_CALLER);
}
SNAG_INTERCEPTOR bool _ZN14QReadWriteLock14tryLockForReadEi(void* lock, int timeout) {
  return ifLocked(real__ZN14QReadWriteLock14tryLockForReadEi(lock, timeout), lock, LockMode::Read, SNAG_CALLER);
}
SNAG_INTERCEPTOR bool _ZN14QReadWriteLock15tryLockForWriteEv(void* lock) {
  return ifLocked(real__ZN14QReadWriteLock15tryLockForWriteEv(lock), lock, LockMode::Write, SNAG_CALLER);
}
SNAG_INTERCEPTOR bool _ZN14QReadWriteLock15tryLockForWriteEi(void* lock, int timeout) {
  return ifLocked(real__ZN14QReadWriteLock15tryLockForWriteEi(lock, timeout), lock, LockMode::Write, SNAG_CALLER);
}
SNAG_INTERCEPTOR void _ZN14QReadWriteLock6unlockEv(void* lock) {
  noteUnlockingEither(lock);
  real__ZN14QReadWriteLock6unlockEv(lock);
}

SNAG_INTERCEPTOR void _ZN10QSemaphore7acquireEi(void* semaphore, int count) {
  real__ZN10QSemaphore7acquireEi(semaphore, count);
  noteAcquire(semaphore);
}
SNAG_INTERCEPTOR bool _ZN10QSemaphore10tryAcquireEi(void* semaphore, int count) {
  const bool isTaken = real__ZN10QSemaphore10tryAcquireEi(semaphore, count);
  if (isTaken) noteAcquire(semaphore);
  return isTaken;
}
SNAG_INTERCEPTOR bool _ZN10QSemaphore10tryAcquireEii(void* semaphore, int count, int timeout) {
  const bool isTaken = real__ZN10QSemaphore10tryAcquireEii(semaphore, count, timeout);
  if (isTaken) noteAcquire(semaphore);
  return isTaken;
}
SNAG_INTERCEPTOR void _ZN10QSemaphore7releaseEi(void* semaphore, int count) {
  noteRelease(semaphore);
  real__ZN10QSemaphore7releaseEi(semaphore, count);
}

SNAG_INTERCEPTOR bool _ZN14QWaitCondition4waitEP6QMutexm(void* condition, void* mutex, unsigned long timeout) {
  noteMutexGivenBack(mutex, SNAG_CALLER);
  const bool isWoken = real__ZN14QWaitCondition4waitEP6QMutexm(condition, mutex, timeout);
  noteMutexTaken(mutex, SNAG_CALLER);
  return isWoken;
}
SNAG_INTERCEPTOR bool _ZN14QWaitCondition4waitEP6QMutex14QDeadlineTimer(void* condition, void* mutex, QtDeadline end) {
  noteMutexGivenBack(mutex, SNAG_CALLER);
  const bool isWoken = real__ZN14QWaitCondition4waitEP6QMutex14QDeadlineTimer(condition, mutex, end);
  noteMutexTaken(mutex, SNAG_CALLER);
  return isWoken;
}
SNAG_INTERCEPTOR bool _ZN14QWaitCondition4waitEP14QReadWriteLockm(void* condition, void* lock, unsigned long timeout) {
  const LockMode mode = noteUnlockingEither(lock);
  const bool isWoken = real__ZN14QWaitCondition4waitEP14QReadWriteLockm(condition, lock, timeout);
  noteLocked(lock, mode, SNAG_CALLER);
  return isWoken;
}
SNAG_INTERCEPTOR bool _ZN14QWaitCondition4waitEP14QReadWriteLock14QDeadlineTimer(void* condition, void* lock,
                                                                                 QtDeadline end) {
  const LockMode mode = noteUnlockingEither(lock);
  const bool isWoken = real__ZN14QWaitCondition4waitEP14QReadWriteLock14QDeadlineTimer(condition, lock, end);
  noteLocked(lock, mode, SNAG_CALLER);
  return isWoken;
}
